import { HttpSetup } from '../../testing/http-setup.js';
import { Users } from '../users/users.js';
import { client, StandInProvider } from './testing/stand-in-provider.js';
import { Visitor } from './testing/visitor.js';

const setup = new HttpSetup();
const provider = new StandInProvider();
const publicUrl = 'https://itk.example.edu';
const password = 'верная лошадь батарея';

beforeAll(async () => {
  await provider.open();
  // It is away when the console starts.
  await provider.close();
  await setup.open({
    http: { publicUrl, trustedProxies: ['loopback'] },
    openid: {
      ...{ issuer: provider.url, clientId: client.id, button: { ru: 'Вход', en: 'Sign in' } },
      roles: [{ value: 'ops', role: 'operator' }],
    },
  });
  const users = setup.app.get(Users);
  await users.add({ login: 'own', name: 'Своя', grants: [{ role: 'operator' }] });
  await users.setPassword('own', password);
}, 60_000);
afterAll(async () => {
  await setup.close();
  await provider.close();
});
beforeEach(() => setup.dataSource.query('truncate console.sign_in_tries'));

const start = () => new Visitor(setup.url).get('/api/openid/start?to=%2Ffailures');
const signInHere = () =>
  setup
    .browser()
    .post('/api/session', { login: 'own', password }, { origin: publicUrl, 'x-forwarded-for': '10.0.0.9' });

test('a provider that is away keeps nobody with an account of our own out, and is used as soon as it is there', async () => {
  expect((await start()).headers.get('location')).toBe('/sign-in?trouble=away&to=%2Ffailures');
  expect((await signInHere()).status).toBe(200);
  await provider.listen();
  provider.fault = 'away';
  expect((await start()).headers.get('location')).toBe('/sign-in?trouble=away&to=%2Ffailures');
  provider.fault = undefined;
  expect((await start()).headers.get('location')).toContain(`${provider.url}/authorize?`);
});

test('a provider that does not answer is given up, and nobody else waits meanwhile', async () => {
  const slow = new HttpSetup();
  provider.reset();
  provider.fault = 'silent';
  await slow.open({
    openid: { issuer: provider.url, clientId: client.id, roles: [{ value: 'ops', role: 'operator' }] },
  });
  try {
    const begun = Date.now();
    let given = false;
    const waiting = new Visitor(slow.url).get('/api/openid/start').then((answer) => {
      given = true;
      return answer;
    });
    while (!provider.asked.length) await slow.browser().get('/api/session');
    expect((await slow.browser().get('/api/session')).status).toBe(200);
    expect(given).toBe(false);
    expect((await waiting).headers.get('location')).toBe('/sign-in?trouble=away');
    expect(Date.now() - begun).toBeLessThan(30_000);
  } finally {
    provider.fault = undefined;
    await slow.close();
  }
}, 20_000);

test('behind a proxy the way back is the public address, and the cookie is of TLS alone', async () => {
  const { headers } = await start();
  const address = new URL(headers.get('location')!);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    ...{ redirect_uri: `${publicUrl}/api/openid/callback`, client_id: client.id, response_type: 'code' },
    ...{ scope: 'openid profile', code_challenge_method: 'S256' },
    ...{ state: expect.any(String), nonce: expect.any(String), code_challenge: expect.any(String) },
  });
  expect(headers.get('set-cookie')).toMatch(
    /^__Host-itk-openid=[\w-]{43}; Max-Age=900; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test('a provider that goes away in the midst of a sign-in is told as that', async () => {
  const own = new HttpSetup();
  await own.open({
    openid: { issuer: provider.url, clientId: client.id, roles: [{ value: 'ops', role: 'operator' }] },
  });
  try {
    const one = new Visitor(own.url);
    const back = await one.until('/api/openid/start', '/api/openid/callback');
    provider.fault = 'away';
    expect(await one.follow(back)).toBe('/sign-in?trouble=away');
  } finally {
    provider.fault = undefined;
    await own.close();
  }
});
