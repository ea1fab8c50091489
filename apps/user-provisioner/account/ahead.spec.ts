import { SynchronizationError } from '#contracts';
import type { PersonCase } from '../intake/person-case.js';
import type { Before } from '../ledger/known.js';
import type { Accounts, FoundAccount, FoundAccounts, NewAccount } from '../moodle/accounts.js';
import { noPasswords } from '../passwords/passwords.js';
import { settings } from '../testing/contents.js';
import { student } from '../testing/students.js';
import type { AccountInWork } from './account-in-work.js';
import { AccountPass } from './account-pass.js';

const before: Before = { studies: new Map(), accounts: new Map(), numbered: new Map() };
const unknown = (code: string, person = {}): PersonCase => {
  const content = student(code, 1, { person });
  return { key: code, studies: [{ code, content }], source: content, work: true, mustLookUp: false };
};
const noted = (code: string): PersonCase => ({
  ...unknown(code),
  account: { key: code, username: `noted-${code}`, email: 'x@students.invalid', noted: true },
});
const nobody: FoundAccounts = { found: [], unreadable: new Map(), staleWitness: false };
const account = (given: Partial<FoundAccount>) =>
  ({ id: 7, firstname: 'Пётр', lastname: 'Иванов', email: '', idnumber: '', ...given }) as FoundAccount;
const findings = (...found: FoundAccount[]): FoundAccounts => ({ ...nobody, found });

/** A Moodle in which nobody is, but for what a test wants. */
class Site implements Accounts {
  readonly asked: string[] = [];
  readonly created: NewAccount[] = [];

  constructor(private readonly answers: Partial<Pick<Accounts, 'findByKey' | 'findByUsername'>> = {}) {}

  findByKey(keys: readonly string[]): Promise<FoundAccounts> {
    this.asked.push(`keys ${keys.join()}`);
    return this.answers.findByKey?.(keys) ?? Promise.resolve(nobody);
  }
  findByUsername(usernames: readonly string[]): Promise<FoundAccounts> {
    this.asked.push(`usernames ${usernames.join()}`);
    return this.answers.findByUsername?.(usernames) ?? Promise.resolve(nobody);
  }
  create(accounts: readonly NewAccount[]): ReturnType<Accounts['create']> {
    this.created.push(...accounts);
    return Promise.resolve(accounts.map((_, index) => ({ ok: { id: 100 + index } })));
  }
  update: Accounts['update'] = (changes) => Promise.resolve(changes.map(() => ({ ok: true })));
}

async function run(site: Site, persons: PersonCase[], accounts = {}, known: Partial<Before> = {}) {
  const works = persons.map((person): AccountInWork => ({ person }));
  const ledger = { note: () => Promise.resolve() };
  const pass = new AccountPass({ settings: settings(accounts), ledger, accounts: site, passwords: noPasswords });
  await pass.run(works, { ...before, ...known });
  return works.map(({ end }) => (end && 'failure' in end ? end.failure.cause : end?.how));
}
const byName = { username: '{lastname}' };

test('whom the ledger does not know is looked for by key and by username at once', async () => {
  let usernamesAsked = () => {};
  const asked = new Promise<void>((resolve) => (usernamesAsked = resolve));
  const site = new Site({
    findByKey: () => asked.then(() => nobody),
    findByUsername: () => (usernamesAsked(), Promise.resolve(nobody)),
  });
  expect(await run(site, [unknown('1'), unknown('2')])).toEqual(['created', 'created']);
  expect(site.asked).toEqual(['keys 1,2', 'usernames 1,2']);
  expect(site.created).toMatchObject([{ username: '1' }, { username: '2' }]);
});

test('the username of whom the ledger knows is asked for only when the key has found nobody', async () => {
  const site = new Site({
    findByKey: () => Promise.resolve(findings(account({ username: 'noted-1', idnumber: '1' }))),
  });
  expect(await run(site, [noted('1')])).toEqual(['created']);
  expect(site.asked).toEqual(['keys 1']);
  const empty = new Site();
  expect(await run(empty, [noted('1'), unknown('2')])).toEqual(['created', 'created']);
  expect(empty.asked).toEqual(['keys 1,2', 'usernames 2', 'usernames noted-1']);
});

test('whose key is found goes on with that account, whoever holds the username', async () => {
  const site = new Site({
    findByKey: () => Promise.resolve(findings(account({ id: 8, username: 'other', idnumber: '1' }))),
    findByUsername: () => Promise.resolve(findings(account({ id: 9, username: '1', idnumber: 'x' }))),
  });
  expect(await run(site, [unknown('1')])).toEqual(['updated']);
  expect(site.created).toEqual([]);
});

test('a username that is held when it is asked for is held', async () => {
  const held = () => Promise.resolve(findings(account({ username: '1', idnumber: 'x' })));
  expect(await run(new Site({ findByUsername: held }), [unknown('1'), unknown('2')])).toEqual([
    'username-taken',
    'created',
  ]);
});

test('namesakes get numbers, one that is held makes place, and no username is asked for twice', async () => {
  const site = new Site({
    findByUsername: (usernames) =>
      Promise.resolve(usernames.includes('ivanov') ? findings(account({ username: 'ivanov', idnumber: 'x' })) : nobody),
  });
  const ivanov = (code: string) => unknown(code, { lastname: 'Иванов' });
  const reserved = new Map([['ivanov3', 'another']]);
  expect(await run(site, [ivanov('1'), ivanov('2')], byName, { numbered: reserved })).toEqual(['created', 'created']);
  expect(site.created.map(({ username, idnumber }) => [idnumber, username])).toEqual([
    ['1', 'ivanov2'],
    ['2', 'ivanov4'],
  ]);
  const usernames = site.asked.flatMap((line) => (line.startsWith('usernames') ? line.slice(10).split(',') : []));
  expect(usernames).not.toContain('ivanov3');
  expect(new Set(usernames).size).toBe(usernames.length);
});

test('a look-up of usernames that fails harms only whom no key has found', async () => {
  const failure = {
    kind: 'configuration' as const,
    cause: 'lookups-blind',
    reason: { ru: 'x', en: 'x' },
  };
  const site = new Site({
    findByKey: () => Promise.resolve(findings(account({ username: '1', idnumber: '1' }))),
    findByUsername: () => Promise.reject(new SynchronizationError(failure)),
  });
  expect(await run(site, [unknown('1'), unknown('2')])).toEqual(['updated', 'lookups-blind']);
  expect(site.created).toEqual([]);
});

test.each(['findByKey', 'findByUsername'] as const)(
  'what breaks in %s is thrown when nothing is in flight',
  async (which) => {
    let over = false;
    const other = async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
      over = true;
      return nobody;
    };
    const answers = { findByKey: other, findByUsername: other, [which]: () => Promise.reject(new TypeError('broken')) };
    await expect(run(new Site(answers), [unknown('1')])).rejects.toThrow('broken');
    expect(over).toBe(true);
  },
);

test('a witness that neither look-up could show is remembered once', async () => {
  const stale = () => Promise.resolve({ ...nobody, staleWitness: true });
  const site = new Site({ findByKey: stale, findByUsername: stale });
  const parts = { settings: settings(), ledger: { note: () => Promise.resolve() }, passwords: noPasswords };
  const pass = new AccountPass({ ...parts, accounts: site });
  await pass.run([{ person: unknown('1') }], {
    ...before,
    witness: { id: 5, username: 'w', idnumber: 'w', email: '' },
  });
  expect(pass.notWitnesses).toEqual([5]);
});
