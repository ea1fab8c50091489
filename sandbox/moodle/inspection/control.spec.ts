import { createSandboxMoodle, type SandboxMoodle } from '../server.js';
import { account, call, errorcodeOf, records } from '../testing/form.js';

let sandbox: SandboxMoodle;
beforeAll(async () => {
  sandbox = await createSandboxMoodle({ courses: 3, seed: 7 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  sandbox.mend();
});

const info = () => call(sandbox, 'core_webservice_get_site_info');
const create = (user: Record<string, string>) => call(sandbox, 'core_user_create_users', records('users', [user]));

describe('control over HTTP', () => {
  const post = async (path: string, body: unknown = {}) => {
    const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const get = async (path: string) => (await (await fetch(`${sandbox.url}${path}`)).json()) as Record<string, unknown>;

  it('sets switches, names what it does not know, and mends', async () => {
    expect(
      (await post('/sandbox/switches', { maintenance: 'pages', faults: [{ kind: 'html', times: 1 }] })).status,
    ).toBe(200);
    expect((await info()).text).toContain('<!DOCTYPE html>');
    expect(errorcodeOf(await info())).toBe('sitemaintenance');
    const refused = await post('/sandbox/switches', { maintenence: 'pages' });
    expect(refused.status).toBe(400);
    expect(refused.json['error']).toContain('maintenence');
    await post('/sandbox/mend');
    expect((await info()).status).toBe(200);
    expect(await get('/sandbox/switches')).toMatchObject({ maintenance: null, faults: [] });
  });

  it('adds courses, people and enrolments, changes and exports them without passwords', async () => {
    expect((await post('/sandbox/courses', { count: 2 })).json).toEqual({ courses: 6 });
    expect((await post('/sandbox/courses', { courses: [{ shortname: 'X', manual: false }] })).status).toBe(200);
    const { ids } = (
      await post('/sandbox/users', { users: [account('a')].map(({ password: _password, ...user }) => user) })
    ).json as { ids: number[] };
    const id = ids[0]!;
    await post('/sandbox/enrolments', { enrolments: [{ courseid: 2, userid: id, roleid: 3 }] });
    await post('/sandbox/courses/2', { visible: false });
    expect((await post(`/sandbox/users/${id}`, { suspended: true })).json).toMatchObject({ suspended: true });
    expect((await post('/sandbox/users/999', { suspended: true })).status).toBe(404);
    await create(account('b'));
    const state = (await get('/sandbox/state')) as {
      users: Record<string, unknown>[];
      courses: { id: number; visible: boolean }[];
      enrolments: unknown[];
    };
    expect(state.users.find((user) => user['username'] === 'a')).toMatchObject({ suspended: true, hasPassword: false });
    expect(state.users.find((user) => user['username'] === 'b')).toMatchObject({ hasPassword: true });
    expect(JSON.stringify(state)).not.toContain('Aa1!aaaa');
    expect(state.courses.find((course) => course.id === 2)!.visible).toBe(false);
    expect(state.enrolments).toHaveLength(1);
    await post('/sandbox/reset');
    expect(sandbox.state.courses.size).toBe(4);
  });

  it('shows a page in both languages that fetches nothing from elsewhere, and lists to fill it', async () => {
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toContain('Пользователи');
    expect(page).toContain('Enrolments');
    expect(page).not.toMatch(/(src|href)="https?:/);
    for (let i = 0; i < 60; i++)
      sandbox.state.users.insert({
        username: `student${i}`,
        firstname: 'F',
        lastname: 'L',
        email: `student${i}@e.org`,
        idnumber: `student${i}`,
      });
    expect(await get('/sandbox/browse?what=users&q=student&page=3&size=25')).toMatchObject({ total: 60, page: 3 });
    expect(((await get('/sandbox/browse?what=users&q=student&page=3&size=25'))['rows'] as unknown[]).length).toBe(10);
  });
});
