import { student } from './testing/students.js';
import { vanished } from './testing/setup.js';
import { failureKinds, many, outcomeKinds, setups } from './testing/setups.js';

const openSetup = setups();

describe('a new student', () => {
  it('gets an account as configured, with a password that must be changed, kept sealed', async () => {
    const setup = await openSetup({
      lang: 'ru',
      fields: { department: '{group}', 'profile.code': '{code}', 'preference.x_y': '{year}' },
    });
    setup.moodle.switches.profileFields.push('code');
    expect(outcomeKinds(await setup.students(student('000000042', 7)))).toEqual(['done']);
    const [account] = setup.account('000000042');
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
    const [row] = await setup.dataSource.query('select * from user_provisioner.accounts where system = $1', [
      setup.system,
    ]);
    expect(JSON.stringify(row)).not.toContain(account!.password);
    expect(setup.passwords.open('000000042', row.password)).toBe(account!.password);
    expect(setup.follow).toEqual([{ ...student('000000042', 7), moodleUserId: account!.id, accountCreated: true }]);
    expect(JSON.stringify(setup.follow)).not.toContain(account!.password);
  });

  it('has no password where a single sign-on plugin keeps it', async () => {
    const setup = await openSetup({ auth: 'oauth2', password: 'none' });
    await setup.students(student('1', 1));
    const [account] = setup.account('1');
    expect(account?.auth).toBe('oauth2');
    expect(account?.password).toBeUndefined();
    expect(account?.preferences).toEqual({});
  });

  it('costs few calls and statements: 100 of them two look-ups and a creation, a call for each lane', async () => {
    for (const [maxInputVars, creations] of [
      [1000, 2],
      [5000, 2],
    ] as const) {
      const setup = await openSetup({}, { maxInputVars });
      const calls = await setup.calls(() => setup.students(...many(100)));
      // Two look-ups in two lanes.
      expect(calls).toEqual({ core_user_get_users_by_field: 4, core_user_create_users: creations });
      expect(setup.statements).toBeLessThanOrEqual(3);
      expect(setup.everybody()).toHaveLength(100);
    }
  });

  it('who is withdrawn gets no account, and one that stands stays', async () => {
    const setup = await openSetup();
    expect(outcomeKinds(await setup.students(student('1', 1, { state: 'withdrawn' })))).toEqual(['done']);
    expect(setup.follow).toEqual([{ ...student('1', 1, { state: 'withdrawn' }), accountCreated: false }]);
    expect(setup.everybody()).toHaveLength(0);
    await setup.students(student('1', 2));
    await setup.students(student('1', 3, { state: 'withdrawn', person: { lastname: 'Другая' } }));
    const [account] = setup.account('1');
    expect(account?.lastname).toBe('Иванов1');
    expect(setup.follow.at(-1)).toMatchObject({ revision: 3, moodleUserId: account!.id, accountCreated: false });
  });
});

describe('a known student', () => {
  it('unchanged costs no call, and is told on', async () => {
    const setup = await openSetup();
    await setup.students(...many(50));
    const calls = await setup.calls(() => setup.students(...many(50, 2)));
    expect(calls).toEqual({});
    expect(setup.statements).toBeLessThanOrEqual(2);
    expect(setup.follow.slice(50).map(({ revision, accountCreated }) => [revision, accountCreated])).toEqual(
      Array.from({ length: 50 }, () => [2, false]),
    );
  });

  it('changed is updated where Moodle shows something else, and nowhere else', async () => {
    const setup = await openSetup({ fields: { department: '{group}' } });
    await setup.students(...many(3));
    const [account] = setup.account('000000001');
    const before = setup.moodle.state.counters.of('core_user_update_users').records;
    await setup.students(
      student('000000001', 2, { study: { group: 'Новая' } }),
      student('000000002', 2),
      student('000000003', 2, { person: { middlename: 'Иной' } }),
    );
    expect(setup.moodle.state.counters.of('core_user_update_users').records - before).toBe(2);
    expect(setup.moodle.state.counters.noopUpdates).toBe(0);
    expect(account?.department).toBe('Новая');
    expect(setup.account('000000003')[0]?.middlename).toBe('Иной');
  });

  it('keeps the address they gave themselves and a name mended by 1C', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 1));
    const [account] = setup.account('1');
    setup.moodle.state.users.update(account!, { email: 'me@example.org', firstname: 'Ошибка' });
    await setup.students(student('1', 2, { person: { lastname: 'Петрова' } }));
    expect(account).toMatchObject({ email: 'me@example.org', firstname: 'Пётр', lastname: 'Петрова' });
  });

  it('twice does no harm: superseded below seen, published again at applied', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    const calls = await setup.calls(async () => {
      expect(outcomeKinds(await setup.students(student('1', 5)))).toEqual(['done']);
      expect(outcomeKinds(await setup.students(student('1', 4)))).toEqual(['superseded']);
    });
    expect(calls).toEqual({});
    expect(setup.follow).toHaveLength(2);
    expect(setup.follow[1]).toEqual(setup.follow[0]);
  });

  it('of two in a batch the newest is done', async () => {
    const setup = await openSetup();
    const given = [student('1', 2), student('1', 3, { person: { lastname: 'Новая' } }), student('1', 1)];
    expect(outcomeKinds(await setup.students(...given))).toEqual(['superseded', 'done', 'superseded']);
    expect(setup.account('1')[0]?.lastname).toBe('Новая');
    expect(setup.follow).toHaveLength(1);
  });

  it('whose account lost its idnumber by hand is recognised, and gets it back', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 1));
    const [account] = setup.account('1');
    setup.moodle.state.users.update(account!, { idnumber: '' });
    expect(outcomeKinds(await setup.students(student('1', 2, { person: { lastname: 'Петрова' } })))).toEqual(['done']);
    expect(setup.account('1')).toEqual([account]);
    expect(setup.everybody()).toHaveLength(1);
  });
});

describe('one human with two studies', () => {
  const study = (code: string, revision: number, more: Parameters<typeof student>[2] = {}) =>
    student(code, revision, { ...more, person: { individual: 'H1', lastname: 'Иванов', ...more.person } });

  it('has one account, made once, also from one batch', async () => {
    const setup = await openSetup({ per: 'individual', fields: { department: '{group}' } });
    expect(
      outcomeKinds(
        await setup.students(study('1', 1, { study: { group: 'А' } }), study('2', 1, { study: { group: 'Б' } })),
      ),
    ).toEqual(['done', 'done']);
    expect(setup.everybody()).toMatchObject([{ idnumber: 'H1', department: 'Б', username: '2' }]);
    expect(new Set(setup.follow.map(({ moodleUserId }) => moodleUserId)).size).toBe(1);
    await setup.students(study('2', 2, { state: 'withdrawn', study: { group: 'Б' } }));
    expect(setup.everybody()).toMatchObject([{ department: 'А', username: '2' }]);
  });

  it('fails by contract without the human’s identifier', async () => {
    const setup = await openSetup({ per: 'individual' });
    const outcomes = await setup.students(student('1', 1), study('2', 1));
    expect(outcomeKinds(outcomes)).toEqual(['dead', 'done']);
    expect(failureKinds(outcomes)[0]).toBe('contract');
  });

  it('whose account was made anew is enrolled anew in both', async () => {
    const setup = await openSetup({ per: 'individual' });
    await setup.students(study('1', 1), study('2', 2));
    setup.moodle.state.deleteUser(setup.account('H1')[0]!);
    await setup.deliver(vanished('1'));
    const id = setup.account('H1')[0]!.id;
    expect(setup.follow.slice(2)).toEqual([
      { ...study('1', 1), moodleUserId: id, accountCreated: true },
      { ...study('2', 2), moodleUserId: id, accountCreated: true },
    ]);
  });

  it('tells the other study again when what followed was lost with the process that had recorded it', async () => {
    const setup = await openSetup({ per: 'individual' });
    await setup.students(study('1', 1), study('2', 2));
    setup.moodle.state.deleteUser(setup.account('H1')[0]!);
    const message = vanished('1');
    await setup.deliver(message);
    const published = setup.follow.splice(2);
    await setup.deliver(message); // nothing of it was published, so the broker delivers it again
    expect(setup.follow.slice(2)).toEqual(published);
    expect(published).toHaveLength(2);
  });

  it('keeps the account when the rule for person keys is changed', async () => {
    const setup = await openSetup({ per: 'student' });
    await setup.students(study('1', 1));
    const [account] = setup.everybody();
    const after = setup.restarted({ per: 'individual' });
    expect(outcomeKinds(await after.students(study('1', 2)))).toEqual(['done']);
    expect(setup.everybody()).toEqual([account]);
    expect(account?.idnumber).toBe('H1');
  });
});
