import { HttpSetup } from '../../testing/http-setup.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
beforeEach(() =>
  setup.dataSource.query(
    'truncate console.users, console.sessions, console.invitations, console.sign_in_tries, console.audit',
  ),
);

const password = 'верная лошадь батарея';
const tokenOf = ({ link }: { link: string }): string => link.split('#')[1]!;
const fresh = { login: 'Sidorov', name: 'Сидоров С. С.', grants: [{ role: 'viewer' }], reason: 'новый сотрудник' };

test('an administrator adds somebody, who sets a password by a link', async () => {
  const administrator = await setup.as('administrator');
  const added = await administrator.post('/api/users', fresh);
  expect(added.status).toBe(201);
  expect(added.body.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/welcome#[\w-]{43}$/);
  expect((await administrator.post('/api/users', fresh)).status).toBe(409);
  const browser = setup.browser();
  const token = tokenOf(added.body);
  expect((await browser.post('/api/invitation', { token })).body).toEqual({ login: 'sidorov', name: 'Сидоров С. С.' });
  expect((await browser.post('/api/invitation/accept', { token, password })).body.user.login).toBe('sidorov');
  expect((await administrator.get('/api/users')).body.users[1]).toMatchObject({ login: 'sidorov', hasPassword: true });
  expect(JSON.stringify((await administrator.get('/api/users')).body)).not.toContain('argon2');
});

test('a new link voids the one before; the old password holds until it is used', async () => {
  const administrator = await setup.as('administrator');
  const first = tokenOf((await administrator.post('/api/users', fresh)).body);
  const second = tokenOf((await administrator.post('/api/users/sidorov/link', { reason: 'потерял' })).body);
  expect((await setup.browser().post('/api/invitation', { token: first })).status).toBe(404);
  expect((await setup.browser().post('/api/invitation', { token: second })).status).toBe(200);
  expect((await administrator.post('/api/users/nobody/link', { reason: 'x' })).status).toBe(404);
});

test('roles hold from the next request on; whoever is disabled is out at once', async () => {
  const administrator = await setup.as('administrator');
  const viewer = await setup.as('viewer');
  const change = (body: object) => administrator.ask(`/api/users/${viewer.login}`, { method: 'PATCH', body });
  await change({ grants: [{ role: 'administrator' }], reason: 'повышен' });
  expect((await viewer.get('/api/users')).status).toBe(200);
  await change({ disabled: true, reason: 'уволен' });
  expect((await viewer.get('/api/users')).status).toBe(401);
  const link = await administrator.post(`/api/users/${viewer.login}/link`, { reason: 'x' });
  expect(link.status).toBe(409);
});

test('the last administrator stays', async () => {
  const administrator = await setup.as('administrator');
  const limited = await setup.as('administrator', ['lms']);
  expect((await limited.get('/api/users')).status).toBe(403); // could else give themselves all systems
  const change = (body: object) => administrator.ask(`/api/users/${administrator.login}`, { method: 'PATCH', body });
  const kept = await change({ disabled: true, reason: 'x' });
  expect(kept).toMatchObject({ status: 409, body: { detail: expect.stringContaining('последний администратор') } });
  expect((await change({ grants: [{ role: 'viewer' }], reason: 'x' })).status).toBe(409);
  await setup.as('administrator');
  expect((await change({ disabled: true, reason: 'x' })).status).toBe(200);
});

test('the audit says who did what and why, and nothing of what stands in it', async () => {
  const administrator = await setup.as('administrator');
  await administrator.post('/api/users', fresh);
  await administrator.ask('/api/users/sidorov', { method: 'PATCH', body: { name: 'Тайное Имя', reason: 'свадьба' } });
  await administrator.ask('/api/users/nobody', { method: 'PATCH', body: { name: 'x', reason: 'опечатка' } });
  const rows = await setup.dataSource.query('select * from console.audit order by id');
  expect(rows).toMatchObject([
    { by: administrator.login, action: 'user.add', about: 'sidorov', reason: 'новый сотрудник', outcome: 'done' },
    { action: 'user.change', about: 'sidorov', reason: 'свадьба', fields: ['name'], outcome: 'done' },
    { action: 'user.change', about: 'nobody', outcome: 'failed' },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/Тайное|Сидоров/);
});
