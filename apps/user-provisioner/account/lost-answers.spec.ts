import { timedOut } from '#messaging';
import { student } from '../testing/students.js';
import { failureKinds, many, outcomeKinds, workbenches } from '../testing/workbenches.js';

const workbench = workbenches();

describe('when the answer is lost after the deed', () => {
  it('what stands is ours: the noted password, made by us, nobody twice', async () => {
    const bench = await workbench();
    bench.moodle.switches.faults.push({ kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 });
    const outcomes = await bench.students(...many(20));
    expect(new Set(failureKinds(outcomes))).toEqual(new Set(['outage']));
    expect(outcomeKinds(outcomes)).toEqual(Array(20).fill('handBack'));
    expect(bench.follow).toEqual([]);
    const same = bench.restarted();
    const calls = await same.calls(async () =>
      expect(outcomeKinds(await same.students(...many(20)))).toEqual(Array(20).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(bench.everybody()).toHaveLength(20);
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await bench.dataSource.query('select * from user_provisioner.accounts where system = $1', [
      bench.system,
    ]);
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
    expect(outcomeKinds(outcomes)).toEqual(Array(60).fill('handBack'));
    expect(outcomes.every((outcome) => 'error' in outcome && timedOut(outcome.error))).toBe(true);
    expect(bench.everybody()).toHaveLength(0);
    const same = bench.restarted(rules);
    // 1C has mended a name meanwhile, and one is new.
    const [first, ...others] = many(60);
    const mended = { ...first!, revision: 2, person: { ...first!.person, firstname: 'Павел' } };
    const calls = await same.calls(async () =>
      expect(outcomeKinds(await same.students(mended, ...others, student('new', 1)))).toEqual(Array(61).fill('done')),
    );
    // Two deeds that end only now, two calls refused because of them, and one for who is new.
    expect(calls.core_user_create_users).toBe(5);
    expect(bench.everybody()).toHaveLength(61);
    expect(bench.account('000000001')[0]!.firstname).toBe('Павел');
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await bench.dataSource.query('select * from user_provisioner.accounts where system = $1', [
      bench.system,
    ]);
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
      const [row] = await bench.dataSource.query('select password from user_provisioner.accounts where system = $1', [
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
    expect(outcomeKinds(await bench.students(student('1', 2, { state: 'withdrawn' })))).toEqual(['done']);
    expect(bench.follow).toMatchObject([{ revision: 2, moodleUserId: bench.account('1')[0]!.id }]);
  });

  it('a proxy’s timeout is no other matter, and an update is found done', async () => {
    const bench = await workbench();
    await bench.students(...many(5));
    bench.moodle.switches.faults.push({ kind: 'gatewayTimeout', functions: ['core_user_update_users'], times: 1 });
    const renamed = many(5, 2).map((each) => ({ ...each, person: { ...each.person, lastname: 'Новая' } }));
    expect(outcomeKinds(await bench.students(...renamed))).toEqual(Array(5).fill('handBack'));
    const calls = await bench.calls(async () =>
      expect(outcomeKinds(await bench.students(...renamed))).toEqual(Array(5).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
  });

  it('holds up nobody who needs no call', async () => {
    const bench = await workbench();
    await bench.students(...many(3));
    bench.moodle.switches.maintenance = 'pages';
    const outcomes = await bench.students(...many(3, 2), student('new', 1));
    expect(outcomeKinds(outcomes)).toEqual(['done', 'done', 'done', 'handBack']);
    expect(failureKinds(outcomes)).toEqual([undefined, undefined, undefined, 'outage']);
  });
});
