import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { HttpSetup } from '../../testing/http-setup.js';
import { Users } from '../users/users.js';
import { client, StandInProvider } from './testing/stand-in-provider.js';
import { Visitor } from './testing/visitor.js';

const setup = new HttpSetup();
const provider = new StandInProvider();
const folder = mkdtempSync(join(tmpdir(), 'itk-openid-'));
const logged: string[] = [];

beforeAll(async () => {
  await provider.open();
  const clientSecretFile = join(folder, 'secret');
  writeFileSync(clientSecretFile, `${client.secret}\n`);
  await setup.open({
    openid: {
      ...{ issuer: provider.url, clientId: client.id, clientSecretFile },
      roles: [
        { value: 'ops', role: 'operator', systems: ['lms'] },
        { value: 'admins', role: 'administrator' },
      ],
    },
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
}, 60_000);
afterAll(async () => {
  jest.restoreAllMocks();
  await setup.close();
  await provider.close();
  rmSync(folder, { recursive: true });
});
const petrov = {
  ...{ preferred_username: 'Petrov', family_name: 'Петров', given_name: 'Пётр', middle_name: 'Петрович' },
  groups: ['ops', 'something else'],
};
beforeEach(async () => {
  provider.reset();
  provider.person = petrov;
  logged.length = 0;
  await setup.dataSource.query(
    `truncate console.users, console.sessions, console.invitations, console.sign_in_tries, console.audit,
       console.openid_sign_ins`,
  );
});

const visitor = () => new Visitor(setup.url);
/** Where somebody ends who is led through the whole sign-in. */
const through = async (one: Visitor, to = '/failures?after=1') =>
  one.follow(`/api/openid/start?to=${encodeURIComponent(to)}`);
const trouble = (name: string, to = '/failures?after=1') =>
  `/sign-in?${new URLSearchParams({ trouble: name, to }).toString()}`;

test('signs in with a role out of a claim, and comes back to where one was', async () => {
  const one = visitor();
  expect(await through(one)).toBe('/failures?after=1');
  const { body } = await one.get('/api/session');
  expect(body.user).toMatchObject({
    ...{ login: 'petrov', name: 'Петров П. П.', openId: true },
    grants: [{ role: 'operator', systems: ['lms'] }],
  });
  const [user] = await setup.app.get(Users).list();
  expect(user).toMatchObject({ login: 'petrov', openIdIssuer: provider.url, openIdSubject: 'person-1' });
  const [entry] = await setup.dataSource.query('select "by", action, about, outcome from console.audit');
  expect(entry).toEqual({ by: 'petrov', action: 'session.openid', about: 'petrov', outcome: 'done' });
  expect(await setup.dataSource.query('select from console.openid_sign_ins')).toEqual([]);
  expect(one.cookie('itk')).toMatch(/^[\w-]{43}$/);
});

test('who reads the table of sign-ins on their way can finish none', async () => {
  const one = visitor();
  await one.get('/api/openid/start');
  const rows = await setup.dataSource.query('select state, browser from console.openid_sign_ins');
  expect(JSON.stringify(rows)).not.toContain(one.cookie('itk-openid'));
  expect(rows[0].state).toHaveLength(32);
});

test('the button is told to whoever is not signed in', async () => {
  expect((await visitor().get('/api/session')).body.openId).toEqual({
    ru: 'Войти через вход университета',
    en: "Sign in by the university's account",
  });
});

test('roles are taken anew at every sign-in, and whoever has none any more loses all sessions', async () => {
  const [here, there] = [visitor(), visitor()];
  await through(there);
  provider.person = { ...petrov, family_name: 'Сидоров', groups: ['admins'] };
  await through(here);
  for (const one of [here, there])
    expect((await one.get('/api/session')).body.user).toMatchObject({
      ...{ name: 'Сидоров П. П.', grants: [{ role: 'administrator' }] },
    });
  provider.person = { ...petrov, groups: [] };
  expect(await through(visitor())).toBe(trouble('no-role'));
  for (const one of [here, there]) expect((await one.get('/api/session')).body.user).toBeNull();
  expect((await setup.app.get(Users).find('petrov'))?.grants).toEqual([]);
});

test('whoever has no role gets in nowhere and stands nowhere', async () => {
  provider.person = { ...petrov, groups: 'students' };
  const one = visitor();
  expect(await through(one)).toBe(trouble('no-role'));
  expect((await one.get('/api/session')).body.user).toBeNull();
  expect(await setup.app.get(Users).list()).toEqual([]);
});

test('nobody takes over an account because the logins are alike', async () => {
  await setup.app.get(Users).add({ login: 'petrov', name: 'Другой', grants: [{ role: 'viewer' }] });
  expect(await through(visitor())).toBe(trouble('login-taken'));
  await setup.dataSource.query(`update console.users set login = 'other' where login = 'petrov'`);
  expect(await through(visitor())).toBe('/failures?after=1');
  provider.inToken = { sub: 'person-2' };
  provider.person = { ...petrov, sub: 'person-2' };
  expect(await through(visitor())).toBe(trouble('login-taken'));
});

test('a login that changes at the provider stays one user here, with their sessions', async () => {
  const one = visitor();
  await through(one);
  provider.person = { ...petrov, preferred_username: 'petrov2' };
  await through(visitor());
  expect((await setup.app.get(Users).list()).map(({ login }) => login)).toEqual(['petrov2']);
  expect((await one.get('/api/session')).body.user.login).toBe('petrov2');
});

test('a login that cannot be one is said', async () => {
  provider.person = { ...petrov, preferred_username: 'Пётр Петров' };
  expect(await through(visitor())).toBe(trouble('no-login'));
});

test('whoever is disabled here does not get in', async () => {
  await through(visitor());
  provider.person = { ...petrov, groups: ['admins'] };
  await setup.app.get(Users).change('petrov', { disabled: true });
  expect(await through(visitor())).toBe(trouble('disabled'));
});

test('no password, no link and no other roles for a user of the provider', async () => {
  await through(visitor());
  const admin = await setup.as('administrator');
  const reason = 'why';
  for (const [path, method, body] of [
    ['/api/users/petrov', 'PATCH', { grants: [{ role: 'administrator' }], reason }],
    ['/api/users/petrov/link', 'POST', { reason }],
  ] as const)
    expect((await admin.ask(path, { method, body })).status).toBe(409);
  expect(
    (await admin.ask('/api/users/petrov', { method: 'PATCH', body: { disabled: true, reason } })).body,
  ).toMatchObject({ disabled: true, openId: true, hasPassword: false });
  expect(JSON.stringify((await admin.get('/api/users')).body)).not.toContain('person-1');
});

test('another’s state, none, and one that is used are refused; so is another browser', async () => {
  const [one, other] = [visitor(), visitor()];
  const back = await one.until('/api/openid/start?to=%2Ffailures', '/api/openid/callback');
  const changed = new URL(back);
  changed.searchParams.set('state', 'another');
  expect(await one.follow(changed.href)).toBe('/sign-in?trouble=expired');
  expect(await one.follow('/api/openid/callback')).toBe('/sign-in?trouble=expired');
  await other.get('/api/openid/start');
  expect(await other.follow(back)).toBe('/sign-in?trouble=expired');
  expect(await visitor().follow(back)).toBe('/sign-in?trouble=expired');
  expect(await one.follow(back)).toBe('/failures');
  expect(await one.follow(back)).toBe('/sign-in?trouble=expired');
  expect(provider.asked.filter((path) => path === '/token')).toHaveLength(1);
});

test('two sign-ins of one browser do not disturb each other', async () => {
  const one = visitor();
  const first = await one.until('/api/openid/start?to=%2Ffailures', '/api/openid/callback');
  const second = await one.until('/api/openid/start?to=%2Fqueues', '/api/openid/callback');
  expect(await one.follow(first)).toBe('/failures');
  expect(await one.follow(second)).toBe('/queues');
});

test('a code that somebody else has used is refused, and a sign-in that took too long', async () => {
  const one = visitor();
  const back = await one.until('/api/openid/start?to=%2Ffailures', '/api/openid/callback');
  const again = new URL(await one.until('/api/openid/start?to=%2Fqueues', '/api/openid/callback'));
  await one.follow(back);
  again.searchParams.set('code', new URL(back).searchParams.get('code')!);
  expect(await one.follow(again.href)).toBe('/sign-in?trouble=expired&to=%2Fqueues');
  const late = await one.until('/api/openid/start', '/api/openid/callback');
  await setup.dataSource.query(`update console.openid_sign_ins set begun_at = now() - interval '16 minutes'`);
  expect(await one.follow(late)).toBe('/sign-in?trouble=expired');
});

const now = () => Math.floor(Date.now() / 1_000);
test.each<[string, () => Record<string, unknown>]>([
  ['for somebody else', () => ({ aud: 'another-client' })],
  ['of another issuer', () => ({ iss: 'https://evil.example' })],
  ['that has expired', () => ({ iat: now() - 900, exp: now() - 600 })],
  ['of another sign-in', () => ({ nonce: 'another' })],
  ['of nobody', () => ({ sub: undefined })],
])('an ID token %s is not believed', async (_, change) => {
  provider.inToken = change();
  expect(await through(visitor())).toBe(trouble('failed'));
  expect(await setup.app.get(Users).list()).toEqual([]);
});

test('an ID token that the provider’s keys have not signed is not believed', async () => {
  provider.fault = 'stranger';
  expect(await through(visitor())).toBe(trouble('failed'));
});

test('what the userinfo endpoint says of another person is not taken', async () => {
  provider.person = { ...petrov, sub: 'person-2' };
  expect(await through(visitor())).toBe(trouble('failed'));
});

test('whoever says no at the provider is told so', async () => {
  provider.fault = 'denies';
  expect(await through(visitor())).toBe(trouble('refused'));
});

test('no claim and no word of the provider stands in the log', async () => {
  await through(visitor());
  provider.person = { ...petrov, groups: [] };
  await through(visitor());
  const one = visitor();
  const back = new URL(await one.until('/api/openid/start', '/api/openid/callback'));
  back.searchParams.set('code', 'Петров');
  await one.follow(back.href);
  expect(logged.join('')).not.toMatch(/Петров|person-1|ops|eyJ/);
});

test('signing out leads to the provider, which leads back', async () => {
  const one = visitor();
  await through(one);
  const { body } = await one.ask('/api/session', 'DELETE');
  const address = new URL(body.to);
  expect(`${address.origin}${address.pathname}`).toBe(`${provider.url}/end`);
  expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${setup.url}/`);
  expect(address.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
  expect((await one.get('/api/session')).body.user).toBeNull();
  const own = await setup.as('operator');
  expect((await own.ask('/api/session', { method: 'DELETE' })).body).toEqual({ to: null });
});

test('a viewer who comes by the provider first keeps no first administrator out', async () => {
  await through(visitor());
  const { token } = await setup.app.get(Users).invite(null);
  const body = { token, password: 'верная лошадь батарея', login: 'petrov', name: 'П' };
  const browser = setup.browser();
  expect((await browser.post('/api/invitation/accept', body)).status).toBe(409);
  expect((await browser.post('/api/invitation/accept', { ...body, login: 'root' })).body.user.login).toBe('root');
  expect((await browser.post('/api/invitation/accept', { ...body, login: 'second' })).status).toBe(404);
});

test('too many sign-ins from one address are told as such', async () => {
  for (let n = 0; n < 10; n++) await visitor().get('/api/openid/start');
  expect(await visitor().follow('/api/openid/start')).toBe('/sign-in?trouble=too-many');
});
