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
const create = (...users: Record<string, string>[]) => call(sandbox, 'core_user_create_users', records('users', users));
const insert = (username: string) =>
  sandbox.state.users.insert({
    username,
    firstname: 'F',
    lastname: 'L',
    email: `${username}@e.org`,
    idnumber: username,
  });
const enrol = (userid: number, courseid: number, more: Record<string, number> = {}) =>
  call(sandbox, 'enrol_manual_enrol_users', records('enrolments', [{ roleid: 5, userid, courseid, ...more }]));

describe('faults of single calls', () => {
  it.each([
    ['http500', 500, ''],
    ['http403', 403, ''],
    ['empty', 200, ''],
    ['redirect', 303, undefined],
    ['html', 200, undefined],
    ['http502', 502, undefined],
    ['cliMaintenance', 503, undefined],
  ] as const)('%s: nothing is done', async (kind, status, body) => {
    sandbox.switches.faults = [{ kind, times: 1 }];
    const answer = await create(account('a'));
    expect(answer.status).toBe(status);
    expect(answer.json).toBeUndefined();
    if (body !== undefined) expect(answer.text).toBe(body);
    expect(sandbox.state.users.withUsername('a')).toBeUndefined();
    expect((await create(account('a'))).json).toHaveLength(1);
  });

  it('junk: the answer stands after it', async () => {
    sandbox.switches.faults = [{ kind: 'junk' }];
    const answer = await create(account('a'));
    expect(answer.json).toBeUndefined();
    expect(JSON.parse(answer.text.slice(answer.text.indexOf('[')))).toHaveLength(1);
  });

  it.each(['lostAnswer', 'gatewayTimeout'] as const)('%s: what was done stands', async (kind) => {
    sandbox.switches.faults = [{ kind, times: 1 }];
    const failed = await create(account('a')).then(
      ({ status }) => status !== 200,
      () => true,
    );
    expect(failed).toBe(true);
    expect(sandbox.state.users.withUsername('a')).toBeDefined();
    expect(errorcodeOf(await create(account('a')))).toBe('invalidparameter');
  });

  it('reset: the connection is cut and nothing is done', async () => {
    sandbox.switches.faults = [{ kind: 'reset', times: 1 }];
    await expect(create(account('a'))).rejects.toThrow();
    expect(sandbox.state.users.withUsername('a')).toBeUndefined();
  });

  it('strikes only the functions named, after so many, for so many', async () => {
    sandbox.switches.faults = [{ kind: 'http500', functions: ['core_user_create_users'], after: 1, times: 2 }];
    const statuses: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      statuses.push((await create(account(name))).status);
      expect((await info()).status).toBe(200);
    }
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(sandbox.state.counters.faults).toEqual({ http500: 2 });
  });

  it('strikes only calls that hold a text', async () => {
    sandbox.switches.faults = [{ kind: 'http500', holding: 'second' }];
    expect((await create(account('first'))).status).toBe(200);
    expect((await create(account('second'))).status).toBe(500);
  });

  it('strikes with its probability, the same way for the same seed', async () => {
    const run = async () => {
      const one = await createSandboxMoodle({
        seed: 42,
        switches: { faults: [{ kind: 'http500', probability: 0.3 }] },
      });
      const struck: number[] = [];
      for (let i = 0; i < 100; i++)
        if ((await call(one, 'core_webservice_get_site_info')).status === 500) struck.push(i);
      await one.close();
      return struck;
    };
    const first = await run();
    expect(first.length).toBeGreaterThan(15);
    expect(first.length).toBeLessThan(45);
    expect(await run()).toEqual(first);
  });
});

describe('away', () => {
  it('refuses connections and comes back with everything it held', async () => {
    await create(account('a'));
    await sandbox.goAway();
    await expect(info()).rejects.toThrow();
    await sandbox.comeBack();
    expect((await info()).status).toBe(200);
    expect(sandbox.state.users.withUsername('a')).toBeDefined();
  });

  it('cuts connections, or never answers', async () => {
    sandbox.switches.away = 'reset';
    await expect(info()).rejects.toThrow();
    sandbox.switches.away = 'silent';
    const waiting = fetch(`${sandbox.url}/webservice/rest/server.php`, { signal: AbortSignal.timeout(100) });
    await expect(waiting).rejects.toThrow();
  });
});

describe('the site by hand', () => {
  it('a deleted account answers by id under other names and cannot be enrolled', async () => {
    const user = insert('a');
    await enrol(user.id, 2);
    sandbox.state.deleteUser(user);
    expect(sandbox.state.enrolments.size).toBe(0);
    const byId = await call(sandbox, 'core_user_get_users_by_field', [
      ['field', 'id'],
      ['values[0]', String(user.id)],
    ]);
    expect(byId.json).toHaveLength(1);
    expect((byId.json as { idnumber?: string }[])[0]!.idnumber).toBeUndefined();
    const byIdnumber = await call(sandbox, 'core_user_get_users_by_field', [
      ['field', 'idnumber'],
      ['values[0]', 'a'],
    ]);
    expect(byIdnumber.json).toEqual([]);
    expect(errorcodeOf(await enrol(user.id, 2))).toBe('userdeleted');
  });

  it('several deleted accounts of one address keep apart', () => {
    for (let i = 0; i < 3; i++) sandbox.state.deleteUser(insert('same'));
    expect(new Set([...sandbox.state.users.all()].map((user) => user.username)).size).toBe(6);
  });

  it.each(['username', 'auth', 'name'] as const)(
    'an account poisoned by %s fails the look-up of its neighbours',
    async (how) => {
      insert('good');
      sandbox.state.poison(insert('bad'), how);
      const look = (...values: string[]) =>
        call(sandbox, 'core_user_get_users_by_field', [
          ['field', 'idnumber'],
          ...values.map((v, i): [string, string] => [`values[${i}]`, v]),
        ]);
      expect(errorcodeOf(await look('good', 'bad'))).toBe('invalidresponse');
      expect((await look('good')).json).toHaveLength(1);
    },
  );

  it('a welcome message goes with every enrolment call in a course with a contact, repeats too', async () => {
    const user = insert('a');
    sandbox.state.courses.get(2)!.contact = true;
    for (let i = 0; i < 3; i++) await enrol(user.id, 2);
    await enrol(user.id, 3);
    expect(sandbox.state.counters).toMatchObject({ welcomeMessages: 3, noopEnrolments: 2 });
    sandbox.switches.version = '4.1';
    await enrol(user.id, 2);
    expect(sandbox.state.counters.welcomeMessages).toBe(3);
  });

  it('a repeat without dates and without suspend resets both', async () => {
    const user = insert('a');
    await enrol(user.id, 2, { timestart: 100, timeend: 200, suspend: 1 });
    expect(sandbox.state.enrolments.get(2, user.id)).toMatchObject({ timestart: 100, timeend: 200, suspended: true });
    await enrol(user.id, 2);
    expect(sandbox.state.enrolments.get(2, user.id)).toMatchObject({ timestart: 0, timeend: 0, suspended: false });
    expect(sandbox.state.counters.noopEnrolments).toBe(0);
  });
});

describe('settings of the site', () => {
  it('an uninstalled auth plugin or language pack refuses the whole call, also of an update of nobody', async () => {
    const probe = (more: Record<string, string>) =>
      call(sandbox, 'core_user_update_users', records('users', [{ id: 999_999_999, ...more }]));
    expect((await probe({ auth: 'oauth2', lang: 'ru' })).json).toMatchObject({
      warnings: [{ warningcode: 'invaliduserid' }],
    });
    sandbox.switches.authPlugins = ['manual'];
    expect(errorcodeOf(await probe({ auth: 'oauth2' }))).toBe('invalidparameter');
    sandbox.switches.languages = ['en'];
    expect(errorcodeOf(await probe({ lang: 'ru' }))).toBe('invalidparameter');
  });

  it('the password policy can be stricter or none', async () => {
    sandbox.switches.passwordPolicy = 'strict';
    expect(errorcodeOf(await create(account('a')))).toContain('<div>');
    sandbox.switches.passwordPolicy = 'none';
    expect((await create(account('a', { password: 'x' }))).json).toHaveLength(1);
  });

  it('one bad account of a batch takes the others back', async () => {
    const before = sandbox.state.users.size;
    expect(errorcodeOf(await create(account('a'), account('b', { email: 'A@e.org' })))).toBe('invalidparameter');
    expect(sandbox.state.users.size).toBe(before);
    expect((await create(account('a'))).json).toHaveLength(1);
    expect(sandbox.state.counters.usersCreated).toBe(1);
  });

  it('debugging says why', async () => {
    await create(account('a'));
    sandbox.switches.debug = true;
    expect((await create(account('a'))).json).toMatchObject({ debuginfo: 'Username already exists: a' });
  });

  it('4.1 and 5.2 differ where Moodle does', async () => {
    const user = insert('a');
    const unenrol = () =>
      call(sandbox, 'enrol_manual_unenrol_users', records('enrolments', [{ userid: user.id, courseid: 2, roleid: 5 }]));
    expect((await unenrol()).json).toBeNull();
    sandbox.switches.version = '5.2';
    expect(errorcodeOf(await unenrol())).toBe('invalidparameter');
    sandbox.switches.version = '4.1';
    const group = records('groups', [{ courseid: 2, name: 'G', description: '', visibility: 0 }]);
    expect((await call(sandbox, 'core_group_create_groups', group)).json).toMatchObject({
      exception: 'invalid_parameter_exception',
      errorcode: 'invalidparameter',
    });
    expect((await info()).json).toMatchObject({ version: '2022112810' });
  });
});
