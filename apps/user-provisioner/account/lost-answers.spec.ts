import { timedOut } from '#messaging';
import { student } from '../testing/students.js';
import { failureKinds, many, outcomeKinds, setups } from '../testing/setups.js';

const openSetup = setups();

describe('when the answer is lost after the deed', () => {
  it('what stands is ours: the noted password, made by us, nobody twice', async () => {
    const setup = await openSetup();
    setup.moodle.switches.faults.push({ kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 });
    const outcomes = await setup.students(...many(20));
    expect(new Set(failureKinds(outcomes))).toEqual(new Set(['outage']));
    expect(outcomeKinds(outcomes)).toEqual(Array(20).fill('handBack'));
    expect(setup.follow).toEqual([]);
    const same = setup.restarted();
    const calls = await same.calls(async () =>
      expect(outcomeKinds(await same.students(...many(20)))).toEqual(Array(20).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(setup.everybody()).toHaveLength(20);
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await setup.dataSource.query('select * from user_provisioner.accounts where system = $1', [
      setup.system,
    ]);
    for (const { person_key: key, password } of rows)
      expect(setup.passwords.open(key, password)).toBe(setup.account(key)[0]!.password);
  });

  it.each([
    ['from the code', {}],
    ['from the name', { username: '{lastname}.{firstname:1}' }],
  ])('and PHP ends a whole call only when it is tried again, all of them are ours: usernames %s', async (_, rules) => {
    const setup = await openSetup(rules, { maxInputVars: 5000 });
    setup.moodle.switches.faults.push({ kind: 'finishesLater', functions: ['core_user_create_users'], times: 2 });
    const outcomes = await setup.students(...many(60));
    expect(outcomeKinds(outcomes)).toEqual(Array(60).fill('handBack'));
    expect(outcomes.every((outcome) => 'error' in outcome && timedOut(outcome.error))).toBe(true);
    expect(setup.everybody()).toHaveLength(0);
    const same = setup.restarted(rules);
    // 1C has mended a name meanwhile, and one is new.
    const [first, ...others] = many(60);
    const mended = { ...first!, revision: 2, person: { ...first!.person, firstname: 'Павел' } };
    const calls = await same.calls(async () =>
      expect(outcomeKinds(await same.students(mended, ...others, student('new', 1)))).toEqual(Array(61).fill('done')),
    );
    // Two deeds that end only now, two calls refused because of them, and one for who is new.
    expect(calls.core_user_create_users).toBe(5);
    expect(setup.everybody()).toHaveLength(61);
    expect(setup.account('000000001')[0]!.firstname).toBe('Павел');
    expect(same.follow.every(({ accountCreated }) => accountCreated)).toBe(true);
    const rows = await setup.dataSource.query('select * from user_provisioner.accounts where system = $1', [
      setup.system,
    ]);
    for (const { person_key: key, password, username, noted } of rows) {
      expect(setup.passwords.open(key, password)).toBe(setup.account(key)[0]!.password);
      expect([username, noted]).toEqual([setup.account(key)[0]!.username, false]);
    }
    expect(await same.calls(() => same.students(mended, ...others))).toEqual({});
  });

  it('that never came, the noted password is the one that is tried again', async () => {
    const setup = await openSetup();
    setup.moodle.switches.faults.push({ kind: 'reset', functions: ['core_user_create_users'] });
    await setup.students(student('1', 1));
    const noted = async (): Promise<string> => {
      const [row] = await setup.dataSource.query('select password from user_provisioner.accounts where system = $1', [
        setup.system,
      ]);
      return setup.passwords.open('1', row.password);
    };
    const before = await noted();
    setup.moodle.switches.faults.length = 0;
    const later = setup.restarted();
    await later.students(student('1', 2));
    expect(setup.account('1')[0]?.password).toBe(before);
    expect(await noted()).toBe(before);
  });

  it('and the student is withdrawn meanwhile, course-enroller still learns of the account', async () => {
    const setup = await openSetup();
    setup.moodle.switches.faults.push({ kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 });
    await setup.students(student('1', 1));
    expect(outcomeKinds(await setup.students(student('1', 2, { state: 'withdrawn' })))).toEqual(['done']);
    expect(setup.follow).toMatchObject([{ revision: 2, moodleUserId: setup.account('1')[0]!.id }]);
  });

  it('a proxy’s timeout is no other matter, and an update is found done', async () => {
    const setup = await openSetup();
    await setup.students(...many(5));
    setup.moodle.switches.faults.push({ kind: 'gatewayTimeout', functions: ['core_user_update_users'], times: 1 });
    const renamed = many(5, 2).map((each) => ({ ...each, person: { ...each.person, lastname: 'Новая' } }));
    expect(outcomeKinds(await setup.students(...renamed))).toEqual(Array(5).fill('handBack'));
    const calls = await setup.calls(async () =>
      expect(outcomeKinds(await setup.students(...renamed))).toEqual(Array(5).fill('done')),
    );
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
  });

  it('holds up nobody who needs no call', async () => {
    const setup = await openSetup();
    await setup.students(...many(3));
    setup.moodle.switches.maintenance = 'pages';
    const outcomes = await setup.students(...many(3, 2), student('new', 1));
    expect(outcomeKinds(outcomes)).toEqual(['done', 'done', 'done', 'handBack']);
    expect(failureKinds(outcomes)).toEqual([undefined, undefined, undefined, 'outage']);
  });
});
