import type { ProvisioningParts } from '../provisioning.js';
import { student } from '../testing/students.js';
import type { ProvisionerSetup } from '../testing/setup.js';
import { causes, failureKinds, many, outcomeKinds, setups } from '../testing/setups.js';

const openSetup = setups();

describe('bad ones among good', () => {
  it('are named, each with its cause, and the others go through in the same pass', async () => {
    const setup = await openSetup({ email: '{middlename}@x.invalid' });
    const { users } = setup.moodle.state;
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
    const outcomes = await setup.students(...good.slice(0, 15), ...bad, ...good.slice(15));
    expect(causes(outcomes.slice(15, 21))).toEqual([
      'username-taken',
      'lastname-empty',
      'email-taken',
      'lastname-illegal',
      'lastname-too-long',
      'username-empty',
    ]);
    expect(new Set(failureKinds(outcomes.slice(15, 21)))).toEqual(new Set(['student']));
    expect([...outcomes.slice(0, 15), ...outcomes.slice(21)].every((outcome) => outcome.kind === 'done')).toBe(true);
    expect(setup.everybody()).toHaveLength(32);
    // Mended, the same message goes through.
    users.update(users.withUsername('held')!, { username: 'elsewhere' });
    expect(outcomeKinds(await setup.students(bad[0]!))).toEqual(['done']);
  });

  it('a poison account fails its own student only', async () => {
    const setup = await openSetup();
    await setup.students(...many(10));
    setup.moodle.state.poison(setup.account('000000004')[0]!, 'name');
    const outcomes = await setup.students(
      ...many(10, 2).map((each) => ({ ...each, person: { ...each.person, lastname: 'Новая' } })),
    );
    expect(causes(outcomes)[3]).toBe('account-unreadable');
    expect(outcomeKinds(outcomes).filter((each) => each === 'done')).toHaveLength(9);
    expect(setup.everybody()).toHaveLength(10);
  });

  it('a poison witness spoils nothing', async () => {
    const setup = await openSetup();
    await setup.students(...many(2));
    setup.moodle.state.poison(setup.account('000000001')[0]!, 'auth');
    expect(outcomeKinds(await setup.students(student('x', 1), student('y', 1)))).toEqual(['done', 'done']);
  });

  it('two with one address: the first is made, the second named', async () => {
    const setup = await openSetup({ email: 'one@x.invalid' });
    const outcomes = await setup.students(student('1', 1), student('2', 1));
    expect(causes(outcomes)).toEqual([undefined, 'email-taken']);
    const allowing = await openSetup({ email: 'one@x.invalid' });
    allowing.moodle.switches.sameEmailAllowed = true;
    expect(outcomeKinds(await allowing.students(student('1', 1), student('2', 1)))).toEqual(['done', 'done']);
  });

  it('two accounts with the student’s idnumber: a person has to decide', async () => {
    const setup = await openSetup();
    const twin = { firstname: 'x', lastname: 'x', idnumber: '1' };
    setup.moodle.state.users.insert({ ...twin, username: 'a', email: 'a@x.invalid' });
    setup.moodle.state.users.insert({ ...twin, username: 'b', email: 'b@x.invalid' });
    expect(causes(await setup.students(student('1', 1)))).toEqual(['account-ambiguous']);
  });
});

describe('a wrong setting', () => {
  it.each([
    ['a plugin that is not installed', { auth: 'saml2' }, () => {}],
    ['a language pack that is not installed', { lang: 'fr' }, () => {}],
    ['a bad token', {}, (setup: ProvisionerSetup) => setup.moodle.switches.tokens.splice(0)],
    [
      'a missing function',
      {},
      (setup: ProvisionerSetup) => setup.moodle.switches.functionsMissing.push('core_user_create_users'),
    ],
    [
      'a missing capability',
      {},
      (setup: ProvisionerSetup) => setup.moodle.switches.capabilitiesMissing.push('moodle/user:create'),
    ],
  ])('%s fails nobody, and work resumes when it is mended', async (_, accounts, spoil) => {
    const setup = await openSetup(accounts);
    spoil(setup);
    const outcomes = await setup.students(...many(8));
    expect(outcomeKinds(outcomes)).toEqual(Array(8).fill('handBack'));
    expect(new Set(failureKinds(outcomes))).toEqual(new Set(['configuration']));
    const { switches } = setup.moodle;
    switches.authPlugins.push('saml2');
    switches.languages.push('fr');
    switches.tokens.push(setup.moodle.token);
    switches.functionsMissing.length = 0;
    switches.capabilitiesMissing.length = 0;
    expect(outcomeKinds(await setup.students(...many(8)))).toEqual(Array(8).fill('done'));
    expect(setup.everybody()).toHaveLength(8);
  });

  it.each(['moodle/user:viewdetails', 'moodle/user:viewalldetails'])(
    'look-ups gone blind (%s) make nobody a second time',
    async (capability) => {
      const setup = await openSetup();
      await setup.students(...many(3));
      setup.moodle.switches.capabilitiesMissing.push(capability);
      const outcomes = await setup.students(
        student('x', 1),
        student('000000001', 2, { person: { lastname: 'Новая' } }),
      );
      expect(outcomeKinds(outcomes)).toEqual(['handBack', 'handBack']);
      expect(causes(outcomes)).toEqual(['lookups-blind', 'lookups-blind']);
      expect(setup.everybody()).toHaveLength(3);
    },
  );

  it('a witness deleted by hand is no wrong setting, and is not asked for twice', async () => {
    const setup = await openSetup();
    await setup.students(...many(2));
    setup.moodle.state.deleteUser(setup.account('000000001')[0]!);
    expect(outcomeKinds(await setup.students(student('x', 1)))).toEqual(['done']);
    const calls = await setup.calls(() => setup.students(student('y', 1)));
    expect(calls).toEqual({ core_user_get_users_by_field: 2, core_user_create_users: 1 });
  });

  it('of useless witnesses the last hundred are remembered', async () => {
    const setup = await openSetup();
    const parts = (setup.provisioning as unknown as { parts: ProvisioningParts }).parts;
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
    for (let number = 1; number <= 120; number++) await setup.students(student(String(number), 1));
    expect(sent.at(-1)).toEqual(Array.from({ length: 100 }, (_, index) => index + 20));
  });

  it('five refused alike without a cause are no fault of theirs; fewer are given up', async () => {
    const setup = await openSetup();
    const accounts = { create: (all: readonly unknown[]) => Promise.resolve(all.map(() => ({ failure: refusal }))) };
    const refusal = { kind: 'unexplained', cause: 'refused', about: 'invalidparameter', reason: { ru: 'р', en: 'e' } };
    const parts = (setup.provisioning as unknown as { parts: { accounts: object } }).parts;
    const real = parts.accounts;
    parts.accounts = { findByKey: none, findByUsername: none, ...accounts };
    expect(failureKinds(await setup.students(...many(5)))).toEqual(Array(5).fill('configuration'));
    expect(outcomeKinds(await setup.students(...many(4)))).toEqual(Array(4).fill('dead'));
    expect(outcomeKinds(await setup.students(...many(5, 2)))).toEqual(Array(5).fill('dead'));
    parts.accounts = real;
    expect(outcomeKinds(await setup.students(...many(5, 3)))).toEqual(Array(5).fill('done'));
  });
});

const none = () => Promise.resolve({ found: [], unreadable: new Map(), staleWitness: false });
