import { eventTypes, makeEvent, parseEvent } from '#contracts';
import { student } from '../testing/students.js';
import { causes, outcomeKinds, setups } from '../testing/setups.js';

const openSetup = setups();
const inFile = { inFile: true } as const;

describe('accounts of a Moodle that takes a file', () => {
  it('are told on whole, under a number of ours; nobody is called, and a repetition says the same', async () => {
    const setup = await openSetup({ fields: { firstname: '{firstname} {middlename}', country: 'RU' } }, inFile);
    expect(outcomeKinds(await setup.students(student('1', 1), student('2', 1)))).toEqual(['done', 'done']);
    const [first, second] = setup.follow;
    const event = makeEvent(eventTypes.UserProvisioned, first!, { service: 'user-provisioner' });
    expect(parseEvent(JSON.stringify(event)).data).toEqual(first);
    expect(first).toMatchObject({
      accountCreated: true,
      account: {
        ...{ idnumber: '1', username: '1', auth: 'manual', lastname: 'Иванов1', firstname: 'Пётр Сергеевич' },
        ...{ email: '1@students.invalid', country: 'RU' },
      },
    });
    expect(second!.moodleUserId).not.toBe(first!.moodleUserId);
    await setup.students(student('1', 1));
    expect(setup.follow.at(-1)).toEqual(first);
    expect(setup.moodle.state.counters.calls).toBe(0);
  });

  it('change under the same number; a withdrawal says nothing new of them', async () => {
    const setup = await openSetup({}, inFile);
    await setup.students(student('1', 1));
    const { moodleUserId } = setup.follow[0]!;
    await setup.students(student('1', 2, { person: { lastname: 'Новая' } }));
    expect(setup.follow.at(-1)).toMatchObject({ moodleUserId, accountCreated: false, account: { lastname: 'Новая' } });
    await setup.students(student('1', 3, { state: 'withdrawn' }));
    expect(setup.follow.at(-1)).toMatchObject({ moodleUserId });
    expect(setup.follow.at(-1)).not.toHaveProperty('account');
  });

  it('fail by name where a file cannot tell them, or two would have one username', async () => {
    const setup = await openSetup({ username: '{lastname}', fields: {}, email: '{code}@x.edu' }, inFile);
    const named = (code: string, lastname: string) => student(code, 1, { person: { lastname } });
    expect(causes(await setup.students(named('1', 'Иванов'), named('2', 'Иванов'), named('A  B', 'Петров')))).toEqual([
      ...[undefined, undefined, 'file-unwritable'],
    ]);
    expect(setup.follow.map(({ account }) => account!.username)).toEqual(['ivanov', 'ivanov2']);
    const byCode = await openSetup({}, inFile);
    expect(causes(await byCode.students(student('ж', 1), student('zh', 1)))).toEqual([undefined, 'username-taken']);
    expect(causes(await byCode.students(student('a&b', 1)))).toEqual(['file-unwritable']);
  });

  it('whose making was noted and not recorded are made again', async () => {
    const setup = await openSetup({}, inFile);
    const parts = (setup.provisioning as unknown as { parts: { ledger: { record: () => Promise<void> } } }).parts;
    const { ledger } = parts;
    parts.ledger = Object.assign(Object.create(ledger) as typeof ledger, {
      record: () => Promise.reject(new Error('the database went away')),
    });
    await expect(setup.students(student('1', 1))).rejects.toThrow('went away');
    parts.ledger = ledger;
    expect(outcomeKinds(await setup.students(student('1', 1)))).toEqual(['done']);
    expect(setup.follow).toMatchObject([{ accountCreated: true, account: { username: '1' } }]);
  });
});
