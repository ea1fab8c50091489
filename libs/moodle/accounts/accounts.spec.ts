import { MoodleMisconfigured } from '../errors.js';
import type { NewAccount, Settled } from '../types.js';
import { newAccount, newAccounts, openSetup, type Setup } from '../testing/setup.js';

let setup: Setup;
beforeAll(async () => {
  setup = await openSetup();
});
afterAll(() => setup.sandbox.close());
beforeEach(() => {
  setup.sandbox.reset();
  setup.sandbox.mend();
});

const causes = (results: Settled<unknown>[]): (string | undefined)[] =>
  results.map((result) => ('failure' in result ? `${result.failure.kind} ${result.failure.cause}` : undefined));
const idOf = (result: Settled<{ id: number }> | undefined): number => {
  if (!result || !('ok' in result)) throw new Error('not made');
  return result.ok.id;
};
const create = 'core_user_create_users';

describe('creating', () => {
  test('100 accounts: as few calls as the variables allow, in order, everything set', async () => {
    const wanted = newAccounts(100).map((account) => ({ ...account, preferences: { auth_forcepasswordchange: '1' } }));
    const made = await setup.client.createAccounts(wanted);
    expect(setup.calls(create)).toBe(2);
    wanted.forEach((account, index) => {
      const user = setup.sandbox.state.users.get(idOf(made[index]));
      expect(user).toMatchObject({ username: account.username, middlename: 'Сергеевич', idnumber: account.idnumber });
      expect(user?.preferences).toEqual({ auth_forcepasswordchange: '1' });
    });
  });

  test('one call for each lane at 5000 variables', async () => {
    const wide = await openSetup({ maxInputVars: 5000 });
    wide.sandbox.switches.maxInputVars = 5000;
    await wide.client.createAccounts(newAccounts(100));
    expect(wide.allCalls()).toBe(2);
    await wide.sandbox.close();
  });

  test('1,000 students, one bad in each of ten ways: 990 stand, the ten are named', async () => {
    const { state } = setup.sandbox;
    state.users.insert({ username: 's000111', firstname: 'A', lastname: 'B', email: 'x1@y.ru', idnumber: 'other' });
    state.users.insert({ username: 'x2', firstname: 'A', lastname: 'B', email: 's000222@students.invalid' });
    state.users.insert({ username: 'x3', firstname: 'A', lastname: 'B', email: 'S000333@Students.INVALID' });
    const poisoned = state.users.insert({ username: 's000999', firstname: 'A', lastname: 'B', email: 'x4@y.ru' });
    state.users.update(poisoned, { auth: 'uninstalled' });
    const bad: Record<number, [Partial<NewAccount>, string]> = {
      111: [{}, 'student username-taken'],
      222: [{}, 'student email-taken'],
      333: [{}, 'student email-taken'],
      444: [{ firstname: '  ' }, 'student firstname-empty'],
      555: [{ lastname: 'ы'.repeat(101) }, 'student lastname-too-long'],
      666: [{ lastname: '<i>Петров</i>' }, 'student lastname-illegal'],
      777: [{ username: 'Иванов' }, 'student username-invalid'],
      888: [{ email: 'иван@почта.рф' }, 'student email-invalid'],
      // It may be the student's own: nobody can tell, so the student is not flagged for it.
      999: [{}, 'unexplained account-unreadable'],
      // Something this client cannot know beforehand.
      123: [{ profile: { 'bad name': '1' } }, 'unexplained refused'],
    };
    const wanted = newAccounts(1000).map((account, index) => ({ ...account, ...bad[index]?.[0] }));
    const made = await setup.client.createAccounts(wanted);
    expect(made.filter((result) => 'ok' in result)).toHaveLength(990);
    for (const [index, [, cause]] of Object.entries(bad))
      expect([index, causes([made[Number(index)]!])[0]]).toEqual([index, cause]);
    expect(made[111]).toMatchObject({
      holder: { idnumber: 'other' },
      failure: { reason: { ru: expect.stringMatching('other') } },
    });
    expect(state.counters.usersCreated).toBe(990);
    for (const result of made) if ('failure' in result) expect(result.failure.reason.ru).toMatch(/[а-я]/i);
    expect(JSON.stringify(made)).not.toMatch(/Петров|students\.invalid/);
  });

  test('many taken ones cost look-ups, not bisection', async () => {
    await setup.client.createAccounts(newAccounts(50));
    const before = setup.allCalls();
    const again = await setup.client.createAccounts(newAccounts(100));
    expect(causes(again.slice(0, 50))).toEqual(Array(50).fill('student username-taken'));
    expect(again.slice(50).every((result) => 'ok' in result)).toBe(true);
    expect(setup.allCalls() - before).toBeLessThanOrEqual(10);
  });

  test('a site that allows equal addresses: they are nobody’s fault', async () => {
    setup.sandbox.switches.sameEmailAllowed = true;
    await setup.client.createAccounts([newAccount(1)]);
    const email = newAccount(1).email;
    const results = await setup.client.createAccounts([
      newAccount(2, { email }),
      newAccount(1),
      newAccount(3, { email }),
    ]);
    expect(causes(results)).toEqual([undefined, 'student username-taken', undefined]);
  });

  test('two of one call with the same address or username: the first stands', async () => {
    const { email, username } = newAccount(1);
    const results = await setup.client.createAccounts([
      newAccount(1),
      newAccount(2, { email }),
      newAccount(3, { username }),
    ]);
    expect(causes(results)).toEqual([undefined, 'student email-taken', 'student username-taken']);
  });

  test.each([
    ['auth plugin', { auth: 'nosuch' }, 'auth-plugin-missing', 'nosuch'],
    ['language pack', { lang: 'xx' }, 'language-pack-missing', 'xx'],
    ['weak password', { password: 'abc' }, 'password-policy', undefined],
  ])('%s: a setting, found without bisection, nobody blamed', async (_, change, cause, about) => {
    const work = setup.client.createAccounts(newAccounts(60).map((account) => ({ ...account, ...change })));
    await expect(work).rejects.toBeInstanceOf(MoodleMisconfigured);
    await expect(work).rejects.toMatchObject({ failure: { kind: 'configuration', cause, ...(about && { about }) } });
    expect(setup.allCalls()).toBeLessThanOrEqual(6);
    expect(setup.sandbox.state.counters.usersCreated).toBe(0);
  });
});

describe('updating', () => {
  let ids: number[];
  beforeEach(async () => {
    ids = (await setup.client.createAccounts(newAccounts(6))).map(idOf);
  });
  const at0 = (index: number): number => ids[index] as number;

  test('each its own answer; the others stand', async () => {
    setup.sandbox.state.deleteUser(setup.sandbox.state.users.get(at0(4))!);
    const results = await setup.client.updateAccounts([
      { id: at0(0), lastname: 'Новая' },
      { id: at0(1), email: newAccount(2).email },
      { id: at0(2), username: newAccount(3).username },
      { id: 999_999_999, lastname: 'X' },
      { id: at0(4), lastname: 'X' },
      { id: 2, lastname: 'X' },
      { id: at0(5), suspended: true, lastname: 'Y' },
      { id: at0(3), firstname: ' ' },
    ]);
    expect(causes(results)).toEqual([
      undefined,
      'student email-taken',
      'student username-taken',
      'temporary account-missing',
      'temporary account-missing',
      'unexplained account-protected',
      undefined,
      'student firstname-empty',
    ]);
    expect(results[2]).toMatchObject({ holder: { id: at0(3) } });
    expect(setup.sandbox.state.users.get(at0(0))?.lastname).toBe('Новая');
    expect(setup.sandbox.state.users.get(at0(5))?.suspended).toBe(true);
  });

  test('one that spoils the whole call is taken out', async () => {
    const results = await setup.client.updateAccounts([
      { id: at0(0), lastname: 'A' },
      { id: at0(1), lastname: 'B', profile: { 'bad name': '1' } },
      { id: at0(2), lastname: 'C' },
    ]);
    expect(causes(results)).toEqual([undefined, 'unexplained refused', undefined]);
    expect(setup.sandbox.state.users.get(at0(2))?.lastname).toBe('C');
  });

  test('an uninstalled auth plugin is a setting', async () => {
    await expect(setup.client.updateAccounts([{ id: at0(0), auth: 'nosuch' }])).rejects.toMatchObject({
      failure: { cause: 'auth-plugin-missing' },
    });
  });
});

describe('looking up', () => {
  let ids: number[];
  beforeEach(async () => {
    ids = (await setup.client.createAccounts(newAccounts(12))).map(idOf);
  });
  const witness = () => ({ id: ids[0] as number, username: 's000000', idnumber: '000000', email: newAccount(0).email });

  test('by each key; what nobody can have is not asked for', async () => {
    const { users } = await setup.client.usersByField('idnumber', ['000003', '000007', 'nobody', '']);
    expect(users.map(({ id }) => id)).toEqual([ids[3], ids[7]]);
    expect((await setup.client.usersByField('username', ['s000003', 'Иван', 'S000004'])).users).toHaveLength(1);
    expect((await setup.client.usersByField('id', [ids[5]!, 'abc', -1])).users[0]?.idnumber).toBe('000005');
    expect((await setup.client.usersByField('email', [newAccount(4).email, 'nope'])).users[0]?.id).toBe(ids[4]);
  });

  test('nothing to ask for costs no call', async () => {
    const before = setup.allCalls();
    expect((await setup.client.usersByField('username', ['Иван'])).users).toEqual([]);
    expect(setup.allCalls()).toBe(before);
  });

  test('poison accounts are singled out, the others found', async () => {
    for (const index of [2, 9]) setup.sandbox.state.poison(setup.sandbox.state.users.get(ids[index]!)!, 'auth');
    const asked = newAccounts(12).map(({ idnumber }) => idnumber);
    const { users, unreadable } = await setup.client.usersByField('idnumber', asked);
    expect(users).toHaveLength(10);
    expect(unreadable.map(({ value, failure }) => [value, failure.cause])).toEqual([
      ['000002', 'account-unreadable'],
      ['000009', 'account-unreadable'],
    ]);
  });

  test('deleted accounts are told by their mark', async () => {
    setup.sandbox.state.deleteUser(setup.sandbox.state.users.get(ids[3]!)!);
    const { users } = await setup.client.usersByField('id', [ids[3]!, ids[4]!]);
    expect(users.map(({ deleted }) => deleted)).toEqual([true, false]);
  });

  test('the witness stays out of the answer, unless asked for', async () => {
    const { users, staleWitness } = await setup.client.usersByField('idnumber', ['000001'], witness());
    expect([users.map(({ id }) => id), staleWitness]).toEqual([[ids[1]], false]);
    expect((await setup.client.usersByField('idnumber', ['000000'], witness())).users).toHaveLength(1);
  });

  test.each([
    ['idnumber', 'moodle/user:viewdetails', 'moodle/user:viewdetails'],
    ['username', 'moodle/user:viewalldetails', 'moodle/user:viewalldetails'],
    ['idnumber', 'moodle/user:viewalldetails', 'moodle/user:viewalldetails'],
    ['id', 'moodle/user:viewalldetails', 'moodle/user:viewalldetails'],
    ['email', 'moodle/site:viewuseridentity', 'moodle/site:viewuseridentity'],
  ] as const)('by %s without %s: a setting, not “nobody there”', async (field, taken, about) => {
    setup.sandbox.switches.capabilitiesMissing = [taken];
    const value = { idnumber: '000005', username: 's000005', id: ids[5]!, email: newAccount(5).email }[field];
    await expect(setup.client.usersByField(field, [value], witness())).rejects.toMatchObject({
      failure: { kind: 'configuration', cause: 'lookups-blind', about },
    });
  });

  test('a witness that was deleted or renumbered is stale, and look-ups go on', async () => {
    setup.sandbox.state.users.update(setup.sandbox.state.users.get(ids[0]!)!, { idnumber: 'changed' });
    expect(await setup.client.usersByField('idnumber', ['000005'], witness())).toMatchObject({
      users: [{ id: ids[5] }],
      staleWitness: true,
    });
    setup.sandbox.state.deleteUser(setup.sandbox.state.users.get(ids[0]!)!);
    expect(await setup.client.usersByField('username', ['s000005'], witness())).toMatchObject({ staleWitness: true });
  });
});

describe('a database of three bytes a letter', () => {
  beforeEach(() => void (setup.sandbox.switches.threeByteDatabase = true));
  const unstorable = { kind: 'student', cause: 'text-unstorable-in-moodle', about: 'firstname' };

  test('refuses only the account with an emoji, by name; its neighbours are made in the same pass', async () => {
    const accounts = newAccounts(60).map((each, index) => (index === 17 ? { ...each, firstname: 'Аня 😀' } : each));
    const made = await setup.client.createAccounts(accounts);
    expect(made.flatMap((one, index) => ('ok' in one ? [] : [[index, one.failure]]))).toMatchObject([[17, unstorable]]);
    expect(setup.sandbox.state.counters.usersCreated).toBe(59);
  });

  test('and only the change and the group with one', async () => {
    const [one, other] = (await setup.client.createAccounts(newAccounts(2))).map((each) =>
      'ok' in each ? each.ok.id : 0,
    );
    const changes = [
      { id: one!, firstname: 'Аня 😀' },
      { id: other!, firstname: 'Аня' },
    ];
    expect(await setup.client.updateAccounts(changes)).toMatchObject([{ failure: unstorable }, { ok: true }]);
    const groups = ['А', 'Б 😀', 'В'].map((name) => ({ courseId: 2, name, idnumber: '' }));
    const made = await setup.client.createGroups(groups);
    expect(made.map((each) => ('ok' in each ? 'ok' : each.failure.cause))).toEqual(['ok', unstorable.cause, 'ok']);
  });

  test('one that refuses everything is a conflict of all, found in few calls', async () => {
    setup.sandbox.switches.faults = [{ kind: 'deadlock', functions: ['core_user_create_users'] }];
    await expect(setup.client.createAccounts(newAccounts(60))).rejects.toMatchObject({
      failure: { kind: 'temporary', cause: 'database-conflict' },
    });
    expect(setup.sandbox.state.counters.faults.deadlock).toBeLessThan(50);
  });
});
