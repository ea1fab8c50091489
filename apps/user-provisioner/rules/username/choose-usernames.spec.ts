import fc from 'fast-check';
import type { MoodleUser } from '#moodle';
import { usernamesExhausted } from '../failures.js';
import { chooseUsernames, firstWished, type Wanting } from './choose-usernames.js';
import { numbered } from './username.js';

/** A site that counts how often it is asked. */
function site(holders: Map<string, string>, names = { firstname: 'А', lastname: 'Б' }) {
  const calls: string[][] = [];
  const lookUp = (usernames: string[]) => {
    calls.push(usernames);
    const found = usernames.flatMap((username) => {
      const idnumber = holders.get(username);
      return idnumber === undefined ? [] : [{ id: 100 + idnumber.length, username, idnumber, ...names } as MoodleUser];
    });
    return Promise.resolve({ found, unreadable: new Map(), staleWitness: false });
  };
  return { calls, lookUp };
}
const person = (key: string, base: string, more: Partial<Wanting> = {}): Wanting => ({
  key,
  base,
  firstname: 'Пётр',
  lastname: 'Иванов',
  ...more,
});
const fromName = { adopt: false, usernameFromCode: false };
const fromCode = { adopt: false, usernameFromCode: true };
const none = new Map<string, string>();

describe('choosing usernames', () => {
  it('numbers namesakes of one batch, and asks Moodle once', async () => {
    const { calls, lookUp } = site(new Map());
    const choices = await chooseUsernames(
      ['a', 'b', 'c'].map((key) => person(key, 'ivanov.p')),
      fromName,
      none,
      lookUp,
    );
    expect([...choices.values()]).toEqual([
      { username: 'ivanov.p' },
      { username: 'ivanov.p2' },
      { username: 'ivanov.p3' },
    ]);
    expect(calls).toEqual([['ivanov.p', 'ivanov.p2', 'ivanov.p3']]);
  });

  it('leaves a person what the ledger keeps for them, and asks for nothing that it keeps for others', async () => {
    const { calls, lookUp } = site(new Map());
    const reserved = new Map([
      ['ivanov', 'b'],
      ['ivanov2', 'a'],
      ['petrov', 'c'],
    ]);
    const wanting = [person('a', 'ivanov'), person('c', 'petrov')];
    const choices = await chooseUsernames(wanting, fromName, reserved, lookUp);
    expect([...choices.values()]).toEqual([{ username: 'ivanov2' }, { username: 'petrov' }]);
    expect(calls).toEqual([['ivanov2', 'petrov']]);
    expect(firstWished(wanting, fromName, reserved)).toEqual(['ivanov2', 'petrov']);
  });

  it('tries what a person had, or was noted for them, first', async () => {
    const { calls, lookUp } = site(new Map([['old', 'x']]));
    const wanting = [person('a', 'ivanov', { preferred: 'mine' }), person('b', 'petrov', { preferred: 'old' })];
    const choices = await chooseUsernames(wanting, fromName, none, lookUp);
    expect([...choices.values()]).toEqual([{ username: 'mine' }, { username: 'petrov' }]);
    expect(calls[0]).toEqual(['mine', 'old']);
  });

  it('says who holds a username of the code, be it another of the batch or one that cannot be read', async () => {
    const { lookUp } = site(new Map());
    const choices = await chooseUsernames([person('a', 'same'), person('b', 'same')], fromCode, none, lookUp);
    expect(choices.get('b')).toMatchObject({ failure: { reason: { en: expect.stringContaining('"a"') } } });
    const unreadable = { kind: 'student', cause: 'account-unreadable', reason: { ru: 'x', en: 'x' } } as const;
    const hidden = () =>
      Promise.resolve({ found: [], unreadable: new Map([['ivanov', unreadable]]), staleWitness: false });
    expect((await chooseUsernames([person('a', 'ivanov')], fromCode, none, hidden)).get('a')).toEqual({
      failure: unreadable,
    });
    expect((await chooseUsernames([person('a', 'ivanov')], fromName, none, hidden)).get('a')).toEqual({
      username: 'ivanov2',
    });
  });

  it('goes through five thousand numbers, then gives up', async () => {
    const reserved = new Map(Array.from({ length: 4999 }, (_, index) => [numbered('ivanov', index + 1), 'x']));
    const { lookUp } = site(new Map());
    const last = () => chooseUsernames([person('a', 'ivanov')], fromName, reserved, lookUp);
    expect((await last()).get('a')).toEqual({ username: 'ivanov5000' });
    reserved.set('ivanov5000', 'x');
    expect((await last()).get('a')).toMatchObject({ failure: { cause: usernamesExhausted.cause } });
  });

  it('asks for eight times as many each time', async () => {
    const { calls, lookUp } = site(
      new Map(Array.from({ length: 20 }, (_, index) => [numbered('ivanov', index + 1), 'x'])),
    );
    const choices = await chooseUsernames([person('a', 'ivanov')], fromName, none, lookUp);
    expect(choices.get('a')).toEqual({ username: 'ivanov21' });
    expect(calls.map(({ length }) => length)).toEqual([1, 8, 64]);
  });

  it('asks again only for those who found theirs held', async () => {
    const { calls, lookUp } = site(
      new Map([
        ['ivanov.p', 'x'],
        ['ivanov.p2', 'y'],
      ]),
    );
    const choices = await chooseUsernames([person('a', 'ivanov.p'), person('b', 'petrov.p')], fromName, none, lookUp);
    expect(choices.get('a')).toEqual({ username: 'ivanov.p3' });
    expect(choices.get('b')).toEqual({ username: 'petrov.p' });
    expect(calls).toHaveLength(2);
    expect(calls[1]).not.toContain('petrov.p');
  });

  it('takes a username made from the code that another holds for a failure', async () => {
    const { lookUp } = site(new Map([['0001', 'someone']]));
    const choices = await chooseUsernames([person('0001', '0001'), person('0002', '0002')], fromCode, none, lookUp);
    expect(choices.get('0001')).toMatchObject({ failure: { kind: 'student', cause: 'username-taken' } });
    expect(choices.get('0002')).toEqual({ username: '0002' });
  });

  it('adopts only where configured, and by name only the same name', async () => {
    const holders = new Map([
      ['0001', ''],
      ['ivanov.p', ''],
    ]);
    const { lookUp } = site(holders, { firstname: 'пётр ', lastname: 'Иванов' });
    const adopt = { adopt: true, usernameFromCode: true };
    expect((await chooseUsernames([person('0001', '0001')], fromCode, none, lookUp)).get('0001')).toHaveProperty(
      'failure',
    );
    expect((await chooseUsernames([person('0001', '0001')], adopt, none, lookUp)).get('0001')).toHaveProperty(
      'existing',
    );
    const byName = { adopt: true, usernameFromCode: false };
    expect((await chooseUsernames([person('a', 'ivanov.p')], byName, none, lookUp)).get('a')).toHaveProperty(
      'existing',
    );
    const namesake = site(holders, { firstname: 'Павел', lastname: 'Иванов' });
    expect((await chooseUsernames([person('a', 'ivanov.p')], byName, none, namesake.lookUp)).get('a')).toEqual({
      username: 'ivanov.p2',
    });
  });

  it('recognises the account that the ledger knows, though its idnumber was emptied', async () => {
    const { lookUp } = site(new Map([['ivanov.p', '']]));
    const choices = await chooseUsernames([person('a', 'ivanov.p', { knownId: 100 })], fromName, none, lookUp);
    expect(choices.get('a')).toHaveProperty('existing');
  });

  it('gives everybody a username of their series that nobody holds, the lowest of them, in few calls', async () => {
    const bases = ['ivanov', 'petrov', 'sidorov'];
    const series = fc.tuple(fc.constantFrom(...bases), fc.integer({ min: 1, max: 30 }));
    const names = fc.uniqueArray(series, { selector: ([base, number]) => `${base}${number}`, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        names,
        names,
        fc.array(fc.constantFrom(...bases), { maxLength: 60 }),
        async (inMoodle, inLedger, people) => {
          const text = ([base, number]: [string, number]) => (number === 1 ? base : `${base}${number}`);
          const holders = new Map(inMoodle.map((each) => [text(each), `other ${text(each)}`]));
          const reserved = new Map(inLedger.map((each) => [text(each), `noted ${text(each)}`]));
          const { calls, lookUp } = site(holders);
          const wanting = people.map((base, index) => person(`p${index}`, base));
          const choices = await chooseUsernames(wanting, fromName, reserved, lookUp);

          const expected = new Map<string, string>();
          const taken = new Set([...holders.keys(), ...reserved.keys()]);
          for (const { key, base } of wanting) {
            let number = 1;
            while (taken.has(text([base, number]))) number++;
            taken.add(text([base, number]));
            expected.set(key, text([base, number]));
          }
          expect(
            new Map([...choices].map(([key, choice]) => [key, (choice as { username: string }).username])),
          ).toEqual(expected);
          expect(calls.length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });
});
