import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import type { KnownAccount } from './known.js';
import { Ledger } from './ledger.js';
import { schema } from './schema.js';
import { student } from '../testing/students.js';

let database: TestDatabase;
let dataSource: DataSource;
let system = 0;
let ledger: Ledger;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ ...schema, url: database.url });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});
beforeEach(() => {
  ledger = new Ledger(dataSource, `lms-${++system}`);
});

const see = (changes: [string, number][] = [], more: Partial<Parameters<Ledger['see']>[0]> = {}) =>
  ledger.see({
    changes: changes.map(([code, revision]) => ({ key: code, data: student(code, revision) })),
    missing: [],
    bases: [],
    notWitnesses: [],
    ...more,
  });
const account = (key: string, more: Partial<KnownAccount> = {}): KnownAccount => ({
  key,
  username: `u${key}`,
  email: `${key}@x.invalid`,
  noted: false,
  ...more,
});
const nothing = { accounts: [], done: [], failed: [] };

describe('the ledger', () => {
  it('has the schema that its entities say', async () => {
    expect(await schemaDrift(dataSource)).toEqual([]);
  });

  it('answers how matters stood before the batch, and remembers the newest only', async () => {
    expect((await see([['1', 5]])).studies.size).toBe(0);
    expect((await see([['1', 4]])).studies.get('1')).toMatchObject({ seen: 5, content: { revision: 5 } });
    expect((await see([['1', 7]])).studies.get('1')).toEqual({
      code: '1',
      key: '1',
      seen: 5,
      created: false,
      failed: false,
      owner: 'onec',
    });
    const [study] = (await see([], { missing: ['1'] })).studies.values();
    expect(study).toMatchObject({ seen: 7, content: student('1', 7) });
  });

  it('keeps a note until the deed is recorded', async () => {
    await see([['1', 5]]);
    await ledger.note([{ ...account('1'), password: 'sealed', hiddenHash: 'h', base: 'u' }]);
    const noted = (await see([['1', 5]])).accounts.get('1');
    expect(noted).toEqual({ ...account('1'), noted: true, password: 'sealed', hiddenHash: 'h', base: 'u' });
    await ledger.record({
      accounts: [{ ...noted!, noted: false, moodleUserId: 9, contentHash: 'c' }],
      done: [{ code: '1', revision: 5, created: true, lookedUpAt: 77 }],
      failed: [],
    });
    const after = await see([['1', 5]]);
    expect(after.accounts.get('1')).toEqual({ ...noted, noted: false, moodleUserId: 9, contentHash: 'c' });
    expect(after.studies.get('1')).toEqual({
      code: '1',
      key: '1',
      seen: 5,
      applied: 5,
      created: true,
      failed: false,
      owner: 'onec',
      lookedUp: { revision: 5, time: 77 },
    });
    await ledger.note([account('1')]);
    expect((await see([['1', 6]])).accounts.get('1')).toEqual({ ...account('1'), noted: true });
  });

  it('never takes applied back, and forgets a failure with the next success', async () => {
    await see([['1', 8]]);
    await ledger.record({ ...nothing, done: [{ code: '1', revision: 8, created: false }] });
    await ledger.record({ ...nothing, done: [{ code: '1', revision: 3, created: false }] });
    await ledger.record({ ...nothing, failed: [{ code: '1', cause: 'email-taken' }] });
    expect((await see([['1', 8]])).studies.get('1')).toMatchObject({ applied: 8, failed: true });
    await ledger.record({ ...nothing, done: [{ code: '1', revision: 8, created: false }] });
    expect((await see([['1', 8]])).studies.get('1')).toMatchObject({ failed: false });
  });

  it('brings a person’s other studies with their content', async () => {
    const of = (code: string, revision: number) => ({ key: 'human', data: student(code, revision) });
    await see([], { changes: [of('1', 1), of('2', 2)] });
    await ledger.record({ ...nothing, accounts: [account('human', { moodleUserId: 4 })] });
    const { studies, accounts } = await see([], { changes: [of('3', 3)] });
    expect([...studies.keys()].sort()).toEqual(['1', '2']);
    expect(studies.get('2')).toMatchObject({ key: 'human', content: { revision: 2 } });
    expect(accounts.get('human')?.moodleUserId).toBe(4);
    const byWord = await see([], { missing: ['1'] });
    expect([...byWord.studies.keys()].sort()).toEqual(['1', '2', '3']);
  });

  it('finds the account of a student whose person key was changed', async () => {
    await see([['1', 1]]);
    await ledger.record({ ...nothing, accounts: [account('1', { moodleUserId: 4 })] });
    const { accounts } = await see([], { changes: [{ key: 'human', data: student('1', 2) }] });
    expect(accounts.get('1')?.moodleUserId).toBe(4);
  });

  it('knows numbered usernames, and offers the oldest account as a witness', async () => {
    await ledger.record({
      ...nothing,
      accounts: [
        account('1', { moodleUserId: 30, base: 'ivanov', username: 'ivanov2' }),
        account('2', { moodleUserId: 20, base: 'ivanov', username: 'ivanov' }),
        account('3', { base: 'petrov', username: 'petrov' }),
      ],
    });
    const before = await see([], { bases: ['ivanov'] });
    expect(before.numbered).toEqual(
      new Map([
        ['ivanov2', '1'],
        ['ivanov', '2'],
      ]),
    );
    expect(before.witness).toEqual({ id: 20, username: 'ivanov', idnumber: '2' });
    expect((await see([], { notWitnesses: [20] })).witness?.id).toBe(30);
    expect((await see([], { notWitnesses: [20, 30] })).witness).toBeUndefined();
  });

  it('keeps systems apart', async () => {
    await see([['1', 5]]);
    await ledger.record({ ...nothing, accounts: [account('1', { moodleUserId: 3 })] });
    const other = new Ledger(dataSource, 'another');
    const before = await other.see({
      changes: [{ key: '1', data: student('1', 1) }],
      missing: [],
      bases: [],
      notWitnesses: [],
    });
    expect(before.studies.size + before.accounts.size).toBe(0);
    expect(before.witness).toBeUndefined();
  });
});
