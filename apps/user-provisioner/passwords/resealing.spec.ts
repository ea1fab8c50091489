import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { schema } from '../ledger/schema.js';
import { sealing } from '../testing/setup.js';
import { SealedPasswords } from './passwords.js';
import { reseal } from './resealing.js';

let database: TestDatabase;
let dataSource: DataSource;
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

const [first, second] = [randomBytes(32), randomBytes(32)];
const kept = async (system: string): Promise<Map<string, string | null>> => {
  const rows: { key: string; password: string | null }[] = await dataSource.query(
    'select person_key as key, password from user_provisioner.accounts where system = $1',
    [system],
  );
  return new Map(rows.map(({ key, password }) => [key, password]));
};
const keep = (system: string, passwords: Record<string, string | null>) =>
  dataSource.query(
    `insert into user_provisioner.accounts (system, person_key, username, email, password, noted)
     select $1, key, key, key || '@x.invalid', password, false from unnest($2::text[], $3::text[]) as given (key, password)`,
    [system, Object.keys(passwords), Object.values(passwords)],
  );

it('seals anew with the first key, page by page, whatever another has sealed, and nothing else', async () => {
  const [before, after] = [
    new SealedPasswords(sealing(first), 'many'),
    new SealedPasswords(sealing(second, first), 'many'),
  ];
  const codes = Array.from({ length: 1_201 }, (_, index) => String(index).padStart(6, '0'));
  await keep('many', Object.fromEntries(codes.map((code) => [code, before.seal(code, `secret ${code}`)])));
  // made before keys had names, made under single sign-on, and sealed by the first key already
  await keep('many', { old: before.seal('old', 'older').split('.').slice(0, 4).join('.'), none: null });
  const fresh = after.seal('fresh', 'newer');
  await keep('many', { fresh });
  const elsewhere = new SealedPasswords(sealing(first), 'other').seal('1', 'theirs');
  await keep('other', { 1: elsewhere });

  expect(await reseal(dataSource, 'many', after)).toEqual({ done: 1_202, lost: 0 });
  expect(await reseal(dataSource, 'many', after)).toEqual({ done: 0, lost: 0 });
  const passwords = await kept('many');
  const withoutTheOld = new SealedPasswords(sealing(second), 'many');
  for (const code of codes) expect(withoutTheOld.open(code, passwords.get(code)!)).toBe(`secret ${code}`);
  expect(withoutTheOld.open('old', passwords.get('old')!)).toBe('older');
  expect([passwords.get('none'), passwords.get('fresh')]).toEqual([null, fresh]);
  expect((await kept('other')).get('1')).toBe(elsewhere);
});

it('leaves and counts what no key opens', async () => {
  const lost = new SealedPasswords(sealing(randomBytes(32)), 'lost').seal('1', 'secret');
  await keep('lost', { 1: lost, 2: 'nonsense' });
  const passwords = new SealedPasswords(sealing(second, first), 'lost');
  expect(await reseal(dataSource, 'lost', passwords)).toEqual({ done: 0, lost: 2 });
  expect((await kept('lost')).get('1')).toBe(lost);
});

it('a password that was changed meanwhile stays as it was changed', async () => {
  const before = new SealedPasswords(sealing(first), 'race');
  await keep('race', { 1: before.seal('1', 'one') });
  const passwords = new SealedPasswords(sealing(second, first), 'race');
  const meanwhile = before.seal('1', 'another');
  const racing = {
    query: async (sql: string, values: unknown[]): Promise<unknown> => {
      const answer: unknown = await dataSource.query(sql, values);
      if (sql.trimStart().startsWith('select'))
        await dataSource.query(`update user_provisioner.accounts set password = $1 where system = 'race'`, [meanwhile]);
      return answer;
    },
  };
  expect(await reseal(racing as DataSource, 'race', passwords)).toEqual({ done: 0, lost: 0 });
  expect((await kept('race')).get('1')).toBe(meanwhile);
});
