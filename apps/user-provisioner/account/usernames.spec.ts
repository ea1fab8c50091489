import { student } from '../testing/students.js';
import { causes, outcomeKinds, setups } from '../testing/setups.js';

const openSetup = setups();

describe('usernames from names', () => {
  it('are numbered over batches, and stay when the name changes', async () => {
    const setup = await openSetup({ username: '{lastname}.{firstname:1}' });
    const namesake = (code: string, revision = 1, lastname = 'Иванов') =>
      student(code, revision, { person: { lastname } });
    await setup.students(namesake('1'), namesake('2'));
    await setup.students(namesake('3'));
    const usernames = () => ['1', '2', '3'].map((code) => setup.account(code)[0]?.username);
    expect(usernames()).toEqual(['ivanov.p', 'ivanov.p2', 'ivanov.p3']);
    await setup.students(namesake('1', 2, 'Петров'));
    expect(usernames()).toEqual(['ivanov.p', 'ivanov.p2', 'ivanov.p3']);
    expect(setup.account('1')[0]?.lastname).toBe('Петров');
  });

  it('taken by somebody meanwhile are tried again with the next number', async () => {
    const setup = await openSetup({ username: '{lastname}' });
    const ivanov = student('1', 1, { person: { lastname: 'Иванов' } });
    const parts = (
      setup.provisioning as unknown as { parts: { ledger: { note: (...given: unknown[]) => Promise<void> } } }
    ).parts;
    const note = parts.ledger.note.bind(parts.ledger);
    parts.ledger.note = async (...given) => {
      await note(...given);
      setup.moodle.state.users.insert({ username: 'ivanov', firstname: 'x', lastname: 'x', email: 'x@x.invalid' });
      parts.ledger.note = note;
    };
    const [outcome] = await setup.students(ivanov);
    expect(outcome).toMatchObject({ kind: 'retry', failure: { kind: 'temporary' } });
    expect(outcomeKinds(await setup.students(ivanov))).toEqual(['done']);
    expect(setup.account('1')[0]?.username).toBe('ivanov2');
  });
});

describe('an account that was there before', () => {
  const there = { username: '1', firstname: 'Пётр', lastname: 'Старая', email: 'own@example.org' };
  it('with the student’s idnumber is the student’s', async () => {
    const setup = await openSetup();
    setup.moodle.state.users.insert({ ...there, username: 'petr', idnumber: '1' });
    expect(outcomeKinds(await setup.students(student('1', 1)))).toEqual(['done']);
    expect(setup.everybody()).toMatchObject([
      { username: 'petr', lastname: 'Иванов1', email: 'own@example.org', middlename: 'Сергеевич' },
    ]);
    expect(setup.follow).toMatchObject([{ accountCreated: false }]);
  });
  it('without idnumber is taken over only where configured', async () => {
    const refusing = await openSetup();
    refusing.moodle.state.users.insert(there);
    expect(causes(await refusing.students(student('1', 1)))).toEqual(['username-taken']);
    const adopting = await openSetup({ adopt: 'username' });
    adopting.moodle.state.users.insert(there);
    expect(outcomeKinds(await adopting.students(student('1', 1)))).toEqual(['done']);
    expect(adopting.everybody()).toMatchObject([{ idnumber: '1', email: 'own@example.org', lastname: 'Иванов1' }]);
    const calls = await adopting.calls(() => adopting.students(student('1', 2)));
    expect(calls).toEqual({});
  });
});
