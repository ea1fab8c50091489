import { HttpSetup } from '../testing/http-setup.js';
import { Users } from './users/users.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
beforeEach(() =>
  setup.dataSource.query(
    'truncate console.users, console.sessions, console.invitations, console.sign_in_tries, console.audit',
  ),
);

const nobody = { user: null, openId: null, zone: 'Europe/Moscow' };
const password = 'верная лошадь батарея';

async function known(login = 'petrov') {
  const users = setup.app.get(Users);
  await users.add({ login, name: 'Петров П. П.', grants: [{ role: 'operator', systems: ['lms'] }] });
  await users.setPassword(login, password);
}

test('signs in and out; nobody signed in is an answer, not an error', async () => {
  await known();
  const browser = setup.browser();
  expect((await browser.get('/api/session')).body).toEqual(nobody);
  const signedIn = await browser.post('/api/session', { login: ' Petrov ', password });
  expect(signedIn).toMatchObject({
    status: 200,
    body: { user: { login: 'petrov', name: 'Петров П. П.', grants: [{ role: 'operator', systems: ['lms'] }] } },
  });
  expect(signedIn.body.user.permissions).toContain('failures.mend');
  expect(signedIn.body.user.permissions).not.toContain('users.manage');
  expect(signedIn.headers.get('set-cookie')).toMatch(/^itk=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect((await browser.get('/api/session')).body.user.login).toBe('petrov');
  const cookie = browser.cookie;
  expect((await browser.ask('/api/session', { method: 'DELETE' })).body).toEqual({ to: null });
  expect(browser.cookie).toBe('');
  expect((await setup.browser(cookie).get('/api/session')).body).toEqual(nobody);
});

test('the table holds neither token nor password', async () => {
  await known();
  const browser = setup.browser();
  await browser.post('/api/session', { login: 'petrov', password });
  const [rows] = [JSON.stringify(await setup.dataSource.query('select * from console.sessions, console.users'))];
  expect(rows).not.toContain(browser.cookie.slice(4));
  expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
});

test('a wrong password, an unknown login, a disabled one and one without a password are told alike', async () => {
  await known();
  await known('gone');
  const users = setup.app.get(Users);
  await users.change('gone', { disabled: true });
  await users.add({ login: 'fresh', name: 'Ф', grants: [{ role: 'viewer' }] });
  const answers = await Promise.all(
    ['petrov', 'nobody', 'gone', 'fresh'].map((login) =>
      setup.browser().post('/api/session', { login, password: login === 'petrov' ? 'wrong' : password }),
    ),
  );
  const told = answers.map(({ status, body: { instance: _, ...body } }) => ({ status, body }));
  expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(told[0]).toMatchObject({ status: 403, body: { type: 'urn:itk:problem:wrong-password' } });
});

test('ten tries a minute from one address, and then no more even with the right password', async () => {
  await known();
  const statuses = [];
  for (let n = 0; n < 11; n++)
    statuses.push((await setup.browser().post('/api/session', { login: `x${n}`, password: 'y' })).status);
  expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
  const refused = await setup.browser().post('/api/session', { login: 'petrov', password });
  expect(refused).toMatchObject({ status: 429, body: { type: 'urn:itk:problem:too-many' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('tries are counted by login, too; a sign-in forgets them', async () => {
  await known();
  const address = () => setup.dataSource.query(`delete from console.sign_in_tries where key like 'address%'`);
  const attempt = async (given: string) => {
    await address();
    return (await setup.browser().post('/api/session', { login: 'petrov', password: given })).status;
  };
  for (let n = 0; n < 9; n++) expect(await attempt('wrong')).toBe(403);
  expect(await attempt(password)).toBe(200);
  for (let n = 0; n < 10; n++) expect(await attempt('wrong')).toBe(403);
  expect(await attempt(password)).toBe(429);
});

test('signs out everywhere; other people stay', async () => {
  const [one, other] = [await setup.as('operator'), await setup.as('viewer')];
  expect((await one.ask('/api/sessions', { method: 'DELETE' })).body).toEqual({ number: 1, to: null });
  expect((await one.get('/api/session')).body).toEqual(nobody);
  expect((await other.get('/api/session')).body.user).not.toBeNull();
});

test('a session ends after a quiet half day, and after a week in any case', async () => {
  const browser = await setup.as('operator');
  const age = (column: string, hours: number) =>
    setup.dataSource.query(`update console.sessions set ${column} = now() - make_interval(hours => $1)`, [hours]);
  await age('seen_at', 11);
  expect((await browser.get('/api/session')).body.user).not.toBeNull();
  const [row] = await setup.dataSource.query(
    `select seen_at > now() - interval '1 minute' as fresh from console.sessions`,
  );
  expect(row.fresh).toBe(true);
  await age('seen_at', 13);
  expect((await browser.get('/api/session')).body.user).toBeNull();
  await age('seen_at', 0);
  await age('created_at', 169);
  expect((await browser.get('/api/session')).body.user).toBeNull();
});

test('the own password is changed by whoever knows it; other browsers are signed out', async () => {
  await known();
  const [here, there] = [setup.browser(), setup.browser()];
  for (const browser of [here, there]) await browser.post('/api/session', { login: 'petrov', password });
  const change = (present: string) => here.post('/api/session/password', { present, password: 'совсем новый пароль' });
  expect((await change('wrong')).status).toBe(403);
  expect((await change(password)).status).toBe(200);
  expect((await here.get('/api/session')).body.user.login).toBe('petrov');
  expect((await there.get('/api/session')).body.user).toBeNull();
  expect((await setup.browser().post('/api/session', { login: 'petrov', password })).status).toBe(403);
});

test('the first administrator chooses a login by a link that is good once', async () => {
  const { token } = await setup.app.get(Users).invite(null);
  const other = await setup.app.get(Users).invite(null);
  const browser = setup.browser();
  expect((await browser.post('/api/invitation', { token })).body).toEqual({ login: null, name: null });
  expect((await browser.post('/api/invitation/accept', { token, password })).body.issues[0].path).toBe('login');
  const short = await browser.post('/api/invitation/accept', { token, login: 'root', password: 'short' });
  expect(short).toMatchObject({
    status: 400,
    body: { issues: [{ path: 'password', message: 'Не короче 12 знаков' }] },
  });
  const made = await browser.post('/api/invitation/accept', { token, login: 'Root', name: 'Иванов И. И.', password });
  expect(made.body.user).toMatchObject({ login: 'root', grants: [{ role: 'administrator' }] });
  expect((await browser.get('/api/users')).body.users).toHaveLength(1);
  for (const used of [token, other.token])
    expect((await browser.post('/api/invitation/accept', { token: used, login: 'b', password })).status).toBe(404);
});

test('a link that is too old is void', async () => {
  const { token } = await setup.app.get(Users).invite(null);
  await setup.dataSource.query(`update console.invitations set expires_at = now() - interval '1 second'`);
  expect((await setup.browser().post('/api/invitation', { token })).status).toBe(404);
});
