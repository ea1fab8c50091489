import type { DataSource } from 'typeorm';
import { timedOut, type Outcome } from '#messaging';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { ledgerSchema } from './ledger.js';
import type { ProvisioningParts } from './provisioning.js';
import { student } from './testing/students.js';
import { changed, vanished, Workbench, type AccountsGiven } from './testing/workbench.js';

let database: TestDatabase;
let dataSource: DataSource;
const benches: Workbench[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ ...ledgerSchema, url: database.url });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function workbench(accounts: AccountsGiven = {}, more?: { maxInputVars: number }): Promise<Workbench> {
  const bench = await Workbench.open(dataSource, accounts, more);
  benches.push(bench);
  return bench;
}
const did = (outcomes: Outcome[]): string[] => outcomes.map((outcome) => outcome.kind);
const causes = (outcomes: Outcome[]): (string | undefined)[] =>
  outcomes.map((outcome) => ('failure' in outcome ? outcome.failure.cause : undefined));
const kinds = (outcomes: Outcome[]): (string | undefined)[] =>
  outcomes.map((outcome) => ('failure' in outcome ? outcome.failure.kind : undefined));
const many = (count: number, revision = 1) =>
  Array.from({ length: count }, (_, index) => student(String(index + 1).padStart(9, '0'), revision));

describe('a new student', () => {
  it('gets an account as configured, with a password that must be changed, kept sealed', async () => {
    const bench = await workbench({
      lang: 'ru',
      fields: { department: '{group}', 'profile.code': '{code}', 'preference.x_y': '{year}' },
    });
    bench.moodle.switches.profileFields.push('code');
    expect(did(await bench.students(student('000000042', 7)))).toEqual(['done']);
    const [account] = bench.account('000000042');
    expect(account).toMatchObject({
      username: '000000042',
      lastname: 'Иванов000000042',
      firstname: 'Пётр',
      middlename: 'Сергеевич',
      email: '000000042@students.invalid',
      auth: 'manual',
      lang: 'ru',
      department: 'ИВТ-21',
      customfields: { code: '000000042' },
      preferences: { auth_forcepasswordchange: '1', x_y: '2024' },
    });
    const [row] = await dataSource.query('select * from user_provisioner.accounts where system = $1', [bench.system]);
    expect(JSON.stringify(row)).not.toContain(account!.password);
    expect(bench.passwords.open('000000042', row.password)).toBe(account!.password);
    expect(bench.follow).toEqual([{ ...student('000000042', 7), moodleUserId: account!.id, accountCreated: true }]);
    expect(JSON.stringify(bench.follow)).not.toContain(account!.password);
  });

  it('has no password where a single sign-on plugin keeps it', async () => {
    const bench = await workbench({ auth: 'oauth2', password: 'none' });
    await bench.students(student('1', 1));
    const [account] = bench.account('1');
    expect(account?.auth).toBe('oauth2');
    expect(account?.password).toBeUndefined();
    expect(account?.preferences).toEqual({});
  });

  it('costs few calls and statements: 100 of them two look-ups and a creation, a call for each lane', async () => {
    for (const [maxInputVars, creations] of [
      [1000, 2],
      [5000, 2],
    ] as const) {
      const bench = await workbench({}, { maxInputVars });
      const calls = await bench.calls(() => bench.students(...many(100)));
      // Two look-ups in two lanes.
      expect(calls).toEqual({ core_user_get_users_by_field: 4, core_user_create_users: creations });
      expect(bench.statements).toBeLessThanOrEqual(3);
      expect(bench.everybody()).toHaveLength(100);
    }
  });

  it('who is withdrawn gets no account, and one that stands stays', async () => {
    const bench = await workbench();
    expect(did(await bench.students(student('1', 1, { state: 'withdrawn' })))).toEqual(['done']);
    expect(bench.follow).toEqual([{ ...student('1', 1, { state: 'withdrawn' }), accountCreated: false }]);
    expect(bench.everybody()).toHaveLength(0);
    await bench.students(student('1', 2));
    await bench.students(student('1', 3, { state: 'withdrawn', person: { lastname: 'Другая' } }));
    const [account] = bench.account('1');
    expect(account?.lastname).toBe('Иванов1');
    expect(bench.follow.at(-1)).toMatchObject({ revision: 3, moodleUserId: account!.id, accountCreated: false });
  });
});

describe('a known student', () => {
  it('unchanged costs no call, and is told on', async () => {
    const bench = await workbench();
    await bench.students(...many(50));
    const calls = await bench.calls(() => bench.students(...many(50, 2)));
    expect(calls).toEqual({});
    expect(bench.statements).toBeLessThanOrEqual(2);
    expect(bench.follow.slice(50).map(({ revision, accountCreated }) => [revision, accountCreated])).toEqual(
      Array.from({ length: 50 }, () => [2, false]),
    );
  });

  it('changed is updated where Moodle shows something else, and nowhere else', async () => {
    const bench = await workbench({ fields: { department: '{group}' } });
    await bench.students(...many(3));
    const [account] = bench.account('000000001');
    const before = bench.moodle.state.counters.of('core_user_update_users').records;
    await bench.students(
      student('000000001', 2, { study: { group: 'Новая' } }),
      student('000000002', 2),
      student('000000003', 2, { person: { middlename: 'Иной' } }),
    );
    expect(bench.moodle.state.counters.of('core_user_update_users').records - before).toBe(2);
    expect(bench.moodle.state.counters.noopUpdates).toBe(0);
    expect(account?.department).toBe('Новая');
    expect(bench.account('000000003')[0]?.middlename).toBe('Иной');
  });

  it('keeps the address they gave themselves and a name mended by 1C', async () => {
    const bench = await workbench();
    await bench.students(student('1', 1));
    const [account] = bench.account('1');
    bench.moodle.state.users.update(account!, { email: 'me@example.org', firstname: 'Ошибка' });
    await bench.students(student('1', 2, { person: { lastname: 'Петрова' } }));
    expect(account).toMatchObject({ email: 'me@example.org', firstname: 'Пётр', lastname: 'Петрова' });
  });

  it('twice does no harm: superseded below seen, published again at applied', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    const calls = await bench.calls(async () => {
      expect(did(await bench.students(student('1', 5)))).toEqual(['done']);
      expect(did(await bench.students(student('1', 4)))).toEqual(['superseded']);
    });
    expect(calls).toEqual({});
    expect(bench.follow).toHaveLength(2);
    expect(bench.follow[1]).toEqual(bench.follow[0]);
  });

  it('of two in a batch the newest is done', async () => {
    const bench = await workbench();
    const given = [student('1', 2), student('1', 3, { person: { lastname: 'Новая' } }), student('1', 1)];
    expect(did(await bench.students(...given))).toEqual(['superseded', 'done', 'superseded']);
    expect(bench.account('1')[0]?.lastname).toBe('Новая');
    expect(bench.follow).toHaveLength(1);
  });

  it('whose account lost its idnumber by hand is recognised, and gets it back', async () => {
    const bench = await workbench();
    await bench.students(student('1', 1));
    const [account] = bench.account('1');
    bench.moodle.state.users.update(account!, { idnumber: '' });
    expect(did(await bench.students(student('1', 2, { person: { lastname: 'Петрова' } })))).toEqual(['done']);
    expect(bench.account('1')).toEqual([account]);
    expect(bench.everybody()).toHaveLength(1);
  });
});

describe('when the answer is lost after the deed', () => {
  it('what stands is ours: the noted password, made by us, nobody twice', async () => {
    const bench = await workbench();
    bench.moodle.switches.faults.push({ kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 });
    const outcomes = await bench.students(...many(20));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['outage']));
    expect(did(outcomes)).toEqual(Array(20).fill('handBack'));
    expect(bench.follow).toEqual([]);
    const same = bench.restarted();
    const calls = await same.calls(async () =>
      expect(did(await same.students(...many(20)))).toEqual(Array(20).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(bench.everybody()).toHaveLength(20);
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await dataSource.query('select * from user_provisioner.accounts where system = $1', [bench.system]);
    for (const { person_key: key, password } of rows)
      expect(bench.passwords.open(key, password)).toBe(bench.account(key)[0]!.password);
  });

  it.each([
    ['from the code', {}],
    ['from the name', { username: '{lastname}.{firstname:1}' }],
  ])('and PHP ends a whole call only when it is tried again, all of them are ours: usernames %s', async (_, rules) => {
    const bench = await workbench(rules, { maxInputVars: 5000 });
    bench.moodle.switches.faults.push({ kind: 'finishesLater', functions: ['core_user_create_users'], times: 2 });
    const outcomes = await bench.students(...many(60));
    expect(did(outcomes)).toEqual(Array(60).fill('handBack'));
    expect(outcomes.every((outcome) => 'error' in outcome && timedOut(outcome.error))).toBe(true);
    expect(bench.everybody()).toHaveLength(0);
    const same = bench.restarted(rules);
    // 1C has mended a name meanwhile, and one is new.
    const [first, ...others] = many(60);
    const mended = { ...first!, revision: 2, person: { ...first!.person, firstname: 'Павел' } };
    const calls = await same.calls(async () =>
      expect(did(await same.students(mended, ...others, student('new', 1)))).toEqual(Array(61).fill('done')),
    );
    // Two deeds that end only now, two calls refused because of them, and one for who is new.
    expect(calls.core_user_create_users).toBe(5);
    expect(bench.everybody()).toHaveLength(61);
    expect(bench.account('000000001')[0]!.firstname).toBe('Павел');
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await dataSource.query('select * from user_provisioner.accounts where system = $1', [bench.system]);
    for (const { person_key: key, password, username, noted } of rows) {
      expect(bench.passwords.open(key, password)).toBe(bench.account(key)[0]!.password);
      expect([username, noted]).toEqual([bench.account(key)[0]!.username, false]);
    }
    expect(await same.calls(() => same.students(mended, ...others))).toEqual({});
  });

  it('that never came, the noted password is the one that is tried again', async () => {
    const bench = await workbench();
    bench.moodle.switches.faults.push({ kind: 'reset', functions: ['core_user_create_users'] });
    await bench.students(student('1', 1));
    const noted = async (): Promise<string> => {
      const [row] = await dataSource.query('select password from user_provisioner.accounts where system = $1', [
        bench.system,
      ]);
      return bench.passwords.open('1', row.password);
    };
    const before = await noted();
    bench.moodle.switches.faults.length = 0;
    const later = bench.restarted();
    await later.students(student('1', 2));
    expect(bench.account('1')[0]?.password).toBe(before);
    expect(await noted()).toBe(before);
  });

  it('and the student is withdrawn meanwhile, course-enroller still learns of the account', async () => {
    const bench = await workbench();
    bench.moodle.switches.faults.push({ kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 });
    await bench.students(student('1', 1));
    expect(did(await bench.students(student('1', 2, { state: 'withdrawn' })))).toEqual(['done']);
    expect(bench.follow).toMatchObject([{ revision: 2, moodleUserId: bench.account('1')[0]!.id }]);
  });

  it('a proxy’s timeout is no other matter, and an update is found done', async () => {
    const bench = await workbench();
    await bench.students(...many(5));
    bench.moodle.switches.faults.push({ kind: 'gatewayTimeout', functions: ['core_user_update_users'], times: 1 });
    const renamed = many(5, 2).map((each) => ({ ...each, person: { ...each.person, lastname: 'Новая' } }));
    expect(did(await bench.students(...renamed))).toEqual(Array(5).fill('handBack'));
    const calls = await bench.calls(async () =>
      expect(did(await bench.students(...renamed))).toEqual(Array(5).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
  });

  it('holds up nobody who needs no call', async () => {
    const bench = await workbench();
    await bench.students(...many(3));
    bench.moodle.switches.maintenance = 'pages';
    const outcomes = await bench.students(...many(3, 2), student('new', 1));
    expect(did(outcomes)).toEqual(['done', 'done', 'done', 'handBack']);
    expect(kinds(outcomes)).toEqual([undefined, undefined, undefined, 'outage']);
  });
});

describe('bad ones among good', () => {
  it('are named, each with its cause, and the others go through in the same pass', async () => {
    const bench = await workbench({ email: '{middlename}@x.invalid' });
    const { users } = bench.moodle.state;
    users.insert({ username: 'held', firstname: 'x', lastname: 'x', email: 'held@y.invalid', idnumber: 'other' });
    users.insert({ username: 'free1', firstname: 'x', lastname: 'x', email: 'taken@x.invalid' });
    const good = many(30).map((each) => ({ ...each, person: { ...each.person, middlename: `m${each.person.code}` } }));
    const bad = [
      student('held', 1, { person: { middlename: 'b1' } }),
      student('noname', 1, { person: { lastname: ' ', middlename: 'b2' } }),
      student('mail', 1, { person: { middlename: 'Taken' } }),
      student('tag', 1, { person: { lastname: '<b>Иванов</b>', middlename: 'b3' } }),
      student('long', 1, { person: { lastname: 'И'.repeat(101), middlename: 'b4' } }),
      student('！？', 1, { person: { middlename: 'b5' } }),
    ];
    const outcomes = await bench.students(...good.slice(0, 15), ...bad, ...good.slice(15));
    expect(causes(outcomes.slice(15, 21))).toEqual([
      'username-taken',
      'lastname-empty',
      'email-taken',
      'lastname-illegal',
      'lastname-too-long',
      'username-empty',
    ]);
    expect(new Set(kinds(outcomes.slice(15, 21)))).toEqual(new Set(['student']));
    expect([...outcomes.slice(0, 15), ...outcomes.slice(21)].every((outcome) => outcome.kind === 'done')).toBe(true);
    expect(bench.everybody()).toHaveLength(32);
    // Mended, the same message goes through.
    users.update(users.withUsername('held')!, { username: 'elsewhere' });
    expect(did(await bench.students(bad[0]!))).toEqual(['done']);
  });

  it('a poison account fails its own student only', async () => {
    const bench = await workbench();
    await bench.students(...many(10));
    bench.moodle.state.poison(bench.account('000000004')[0]!, 'name');
    const outcomes = await bench.students(
      ...many(10, 2).map((each) => ({ ...each, person: { ...each.person, lastname: 'Новая' } })),
    );
    expect(causes(outcomes)[3]).toBe('account-unreadable');
    expect(did(outcomes).filter((each) => each === 'done')).toHaveLength(9);
    expect(bench.everybody()).toHaveLength(10);
  });

  it('a poison witness spoils nothing', async () => {
    const bench = await workbench();
    await bench.students(...many(2));
    bench.moodle.state.poison(bench.account('000000001')[0]!, 'auth');
    expect(did(await bench.students(student('x', 1), student('y', 1)))).toEqual(['done', 'done']);
  });

  it('two with one address: the first is made, the second named', async () => {
    const bench = await workbench({ email: 'one@x.invalid' });
    const outcomes = await bench.students(student('1', 1), student('2', 1));
    expect(causes(outcomes)).toEqual([undefined, 'email-taken']);
    const allowing = await workbench({ email: 'one@x.invalid' });
    allowing.moodle.switches.sameEmailAllowed = true;
    expect(did(await allowing.students(student('1', 1), student('2', 1)))).toEqual(['done', 'done']);
  });

  it('two accounts with the student’s idnumber: a person has to decide', async () => {
    const bench = await workbench();
    const twin = { firstname: 'x', lastname: 'x', idnumber: '1' };
    bench.moodle.state.users.insert({ ...twin, username: 'a', email: 'a@x.invalid' });
    bench.moodle.state.users.insert({ ...twin, username: 'b', email: 'b@x.invalid' });
    expect(causes(await bench.students(student('1', 1)))).toEqual(['account-ambiguous']);
  });
});

describe('a wrong setting', () => {
  it.each([
    ['a plugin that is not installed', { auth: 'saml2' }, () => {}],
    ['a language pack that is not installed', { lang: 'fr' }, () => {}],
    ['a bad token', {}, (bench: Workbench) => bench.moodle.switches.tokens.splice(0)],
    [
      'a missing function',
      {},
      (bench: Workbench) => bench.moodle.switches.functionsMissing.push('core_user_create_users'),
    ],
    [
      'a missing capability',
      {},
      (bench: Workbench) => bench.moodle.switches.capabilitiesMissing.push('moodle/user:create'),
    ],
  ])('%s fails nobody, and work resumes when it is mended', async (_, accounts, spoil) => {
    const bench = await workbench(accounts);
    spoil(bench);
    const outcomes = await bench.students(...many(8));
    expect(did(outcomes)).toEqual(Array(8).fill('handBack'));
    expect(new Set(kinds(outcomes))).toEqual(new Set(['configuration']));
    const { switches } = bench.moodle;
    switches.authPlugins.push('saml2');
    switches.languages.push('fr');
    switches.tokens.push(bench.moodle.token);
    switches.functionsMissing.length = 0;
    switches.capabilitiesMissing.length = 0;
    expect(did(await bench.students(...many(8)))).toEqual(Array(8).fill('done'));
    expect(bench.everybody()).toHaveLength(8);
  });

  it.each(['moodle/user:viewdetails', 'moodle/user:viewalldetails'])(
    'look-ups gone blind (%s) make nobody a second time',
    async (capability) => {
      const bench = await workbench();
      await bench.students(...many(3));
      bench.moodle.switches.capabilitiesMissing.push(capability);
      const outcomes = await bench.students(
        student('x', 1),
        student('000000001', 2, { person: { lastname: 'Новая' } }),
      );
      expect(did(outcomes)).toEqual(['handBack', 'handBack']);
      expect(causes(outcomes)).toEqual(['lookups-blind', 'lookups-blind']);
      expect(bench.everybody()).toHaveLength(3);
    },
  );

  it('a witness deleted by hand is no wrong setting, and is not asked for twice', async () => {
    const bench = await workbench();
    await bench.students(...many(2));
    bench.moodle.state.deleteUser(bench.account('000000001')[0]!);
    expect(did(await bench.students(student('x', 1)))).toEqual(['done']);
    const calls = await bench.calls(() => bench.students(student('y', 1)));
    expect(calls).toEqual({ core_user_get_users_by_field: 2, core_user_create_users: 1 });
  });

  it('of useless witnesses the last hundred are remembered', async () => {
    const bench = await workbench();
    const parts = (bench.provisioning as unknown as { parts: ProvisioningParts }).parts;
    const { ledger } = parts;
    const sent: number[][] = [];
    const see: typeof ledger.see = async (asked) => {
      sent.push([...asked.notWitnesses]);
      return { ...(await ledger.see(asked)), witness: { id: sent.length, username: 'x', idnumber: 'x' } };
    };
    const stale = () => Promise.resolve({ found: [], unreadable: new Map(), staleWitness: true });
    parts.ledger = { see, note: (rows) => ledger.note(rows), record: (all) => ledger.record(all) };
    parts.accounts = {
      ...{ findByKey: stale, findByUsername: none, update: () => Promise.resolve([]) },
      create: (all) => Promise.resolve(all.map(() => ({ ok: { id: 7 } }))),
    };
    for (let number = 1; number <= 120; number++) await bench.students(student(String(number), 1));
    expect(sent.at(-1)).toEqual(Array.from({ length: 100 }, (_, index) => index + 20));
  });

  it('five refused alike without a cause are no fault of theirs; fewer are given up', async () => {
    const bench = await workbench();
    const accounts = { create: (all: readonly unknown[]) => Promise.resolve(all.map(() => ({ failure: refusal }))) };
    const refusal = { kind: 'unexplained', cause: 'refused', about: 'invalidparameter', reason: { ru: 'р', en: 'e' } };
    const parts = (bench.provisioning as unknown as { parts: { accounts: object } }).parts;
    const real = parts.accounts;
    parts.accounts = { findByKey: none, findByUsername: none, ...accounts };
    expect(kinds(await bench.students(...many(5)))).toEqual(Array(5).fill('configuration'));
    expect(did(await bench.students(...many(4)))).toEqual(Array(4).fill('dead'));
    expect(did(await bench.students(...many(5, 2)))).toEqual(Array(5).fill('dead'));
    parts.accounts = real;
    expect(did(await bench.students(...many(5, 3)))).toEqual(Array(5).fill('done'));
  });
});
const none = () => Promise.resolve({ found: [], unreadable: new Map(), staleWitness: false });

describe('an account that vanished', () => {
  it('is made anew under the same username, once for each revision, and what was enrolled is told on', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    const [first] = bench.account('1');
    bench.moodle.state.deleteUser(first!);
    const said = new Date(bench.now - 1000);
    expect(did(await bench.deliver(vanished('1', said)))).toEqual(['done']);
    const [second] = bench.account('1');
    expect(second).toMatchObject({ username: '1', lastname: 'Иванов1' });
    expect(second!.id).not.toBe(first!.id);
    expect(bench.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });

    const calls = await bench.calls(async () => {
      expect(did(await bench.deliver(vanished('1', said)))).toEqual(['done']);
      expect(bench.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });
      const [outcome] = await bench.deliver(vanished('1', new Date(bench.now + 1000)));
      expect(outcome).toMatchObject({
        kind: 'dead',
        failure: { kind: 'unexplained', cause: 'account-missing-again' },
        known: { revision: 5, origin: 'onec' },
      });
    });
    expect(calls).toEqual({});
    bench.moodle.state.deleteUser(second!);
    await bench.students(student('1', 6));
    expect(did(await bench.deliver(vanished('1', new Date(bench.now + 2000))))).toEqual(['done']);
    expect(bench.account('1')).toHaveLength(1);
  });

  it('that did not vanish is left as it is', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    const calls = await bench.calls(() => bench.deliver(vanished('1')));
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(bench.follow[1]).toMatchObject({ moodleUserId: bench.follow[0]!.moodleUserId, accountCreated: false });
  });

  it('of a withdrawn student is not made anew', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    await bench.students(student('1', 6, { state: 'withdrawn' }));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    expect(did(await bench.deliver(vanished('1')))).toEqual(['done']);
    expect(bench.follow.at(-1)).toEqual({ ...student('1', 6, { state: 'withdrawn' }), accountCreated: false });
    expect(bench.everybody()).toHaveLength(0);
  });

  it('with a new revision in the same batch is one piece of work', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    expect(did(await bench.deliver(vanished('1'), changed(student('1', 6))))).toEqual(['done', 'done']);
    expect(bench.follow.slice(1)).toEqual([expect.objectContaining({ revision: 6, accountCreated: true })]);
  });

  it('whose look-up does not come to its end is given up with its revision, so that 1C hears', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    for (const fault of ['deadlock', 'reset'] as const) {
      bench.moodle.switches.faults = [{ kind: fault }];
      expect(await bench.deliver(vanished('1'))).toMatchObject([{ known: { revision: 5, origin: 'onec' } }]);
    }
  });

  it('of somebody never heard of is told', async () => {
    const bench = await workbench();
    expect(causes(await bench.deliver(vanished('9')))).toEqual(['student-unknown']);
  });

  it('is noticed when its student changes', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5), student('2', 5));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    await bench.students(student('1', 6, { person: { lastname: 'Новая' } }));
    expect(bench.account('1')).toMatchObject([{ lastname: 'Новая' }]);
    expect(bench.follow.at(-1)).toMatchObject({ accountCreated: true, moodleUserId: bench.account('1')[0]!.id });
  });
});

describe('one human with two studies', () => {
  const of = (code: string, revision: number, more: Parameters<typeof student>[2] = {}) =>
    student(code, revision, { ...more, person: { individual: 'H1', lastname: 'Иванов', ...more.person } });

  it('has one account, made once, also from one batch', async () => {
    const bench = await workbench({ per: 'individual', fields: { department: '{group}' } });
    expect(
      did(await bench.students(of('1', 1, { study: { group: 'А' } }), of('2', 1, { study: { group: 'Б' } }))),
    ).toEqual(['done', 'done']);
    expect(bench.everybody()).toMatchObject([{ idnumber: 'H1', department: 'Б', username: '2' }]);
    expect(new Set(bench.follow.map(({ moodleUserId }) => moodleUserId)).size).toBe(1);
    await bench.students(of('2', 2, { state: 'withdrawn', study: { group: 'Б' } }));
    expect(bench.everybody()).toMatchObject([{ department: 'А', username: '2' }]);
  });

  it('fails by contract without the human’s identifier', async () => {
    const bench = await workbench({ per: 'individual' });
    const outcomes = await bench.students(student('1', 1), of('2', 1));
    expect(did(outcomes)).toEqual(['dead', 'done']);
    expect(kinds(outcomes)[0]).toBe('contract');
  });

  it('whose account was made anew is enrolled anew in both', async () => {
    const bench = await workbench({ per: 'individual' });
    await bench.students(of('1', 1), of('2', 2));
    bench.moodle.state.deleteUser(bench.account('H1')[0]!);
    await bench.deliver(vanished('1'));
    const id = bench.account('H1')[0]!.id;
    expect(bench.follow.slice(2)).toEqual([
      { ...of('1', 1), moodleUserId: id, accountCreated: true },
      { ...of('2', 2), moodleUserId: id, accountCreated: true },
    ]);
  });

  it('keeps the account when the rule for person keys is changed', async () => {
    const bench = await workbench({ per: 'student' });
    await bench.students(of('1', 1));
    const [account] = bench.everybody();
    const after = bench.restarted({ per: 'individual' });
    expect(did(await after.students(of('1', 2)))).toEqual(['done']);
    expect(bench.everybody()).toEqual([account]);
    expect(account?.idnumber).toBe('H1');
  });
});

describe('usernames from names', () => {
  it('are numbered over batches, and stay when the name changes', async () => {
    const bench = await workbench({ username: '{lastname}.{firstname:1}' });
    const namesake = (code: string, revision = 1, lastname = 'Иванов') =>
      student(code, revision, { person: { lastname } });
    await bench.students(namesake('1'), namesake('2'));
    await bench.students(namesake('3'));
    const usernames = () => ['1', '2', '3'].map((code) => bench.account(code)[0]?.username);
    expect(usernames()).toEqual(['ivanov.p', 'ivanov.p2', 'ivanov.p3']);
    await bench.students(namesake('1', 2, 'Петров'));
    expect(usernames()).toEqual(['ivanov.p', 'ivanov.p2', 'ivanov.p3']);
    expect(bench.account('1')[0]?.lastname).toBe('Петров');
  });

  it('taken by somebody meanwhile are tried again with the next number', async () => {
    const bench = await workbench({ username: '{lastname}' });
    const ivanov = student('1', 1, { person: { lastname: 'Иванов' } });
    const parts = (
      bench.provisioning as unknown as { parts: { ledger: { note: (...given: unknown[]) => Promise<void> } } }
    ).parts;
    const note = parts.ledger.note.bind(parts.ledger);
    parts.ledger.note = async (...given) => {
      await note(...given);
      bench.moodle.state.users.insert({ username: 'ivanov', firstname: 'x', lastname: 'x', email: 'x@x.invalid' });
      parts.ledger.note = note;
    };
    const [outcome] = await bench.students(ivanov);
    expect(outcome).toMatchObject({ kind: 'retry', failure: { kind: 'temporary' } });
    expect(did(await bench.students(ivanov))).toEqual(['done']);
    expect(bench.account('1')[0]?.username).toBe('ivanov2');
  });
});

describe('an account that was there before', () => {
  const there = { username: '1', firstname: 'Пётр', lastname: 'Старая', email: 'own@example.org' };
  it('with the student’s idnumber is the student’s', async () => {
    const bench = await workbench();
    bench.moodle.state.users.insert({ ...there, username: 'petr', idnumber: '1' });
    expect(did(await bench.students(student('1', 1)))).toEqual(['done']);
    expect(bench.everybody()).toMatchObject([
      { username: 'petr', lastname: 'Иванов1', email: 'own@example.org', middlename: 'Сергеевич' },
    ]);
    expect(bench.follow).toMatchObject([{ accountCreated: false }]);
  });
  it('without idnumber is taken over only where configured', async () => {
    const refusing = await workbench();
    refusing.moodle.state.users.insert(there);
    expect(causes(await refusing.students(student('1', 1)))).toEqual(['username-taken']);
    const adopting = await workbench({ adopt: 'username' });
    adopting.moodle.state.users.insert(there);
    expect(did(await adopting.students(student('1', 1)))).toEqual(['done']);
    expect(adopting.everybody()).toMatchObject([{ idnumber: '1', email: 'own@example.org', lastname: 'Иванов1' }]);
    const calls = await adopting.calls(() => adopting.students(student('1', 2)));
    expect(calls).toEqual({});
  });
});
