import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { storeByHalves } from './store-by-halves.js';
import { createDataSource } from '../connection/data-source.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({
    url: database.url,
    schema: 'public',
    entities: [],
    migrations: [],
  }).initialize();
  await dataSource.query('create table words (word text, content jsonb, number bigint)');
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const store = (words: readonly [string, unknown, number | string][]): Promise<unknown> =>
  dataSource.query('insert into words select * from unnest($1::text[], $2::jsonb[], $3::bigint[])', [
    words.map(([word]) => word),
    words.map(([, content]) => JSON.stringify(content)),
    words.map(([, , number]) => number),
  ]);

test('what PostgreSQL cannot hold stays out, record by record; the others are stored', async () => {
  const good = Array.from({ length: 20 }, (_, index): [string, unknown, number] => [`ю${index}`, { a: '😀' }, index]);
  const bad: [string, unknown, number | string][] = [
    ['\0', {}, 1],
    ['nul', { a: '\0' }, 1],
    ['half', { a: '\ud800' }, 1],
    ['large', {}, '99999999999999999999'],
  ];
  const unstored = await storeByHalves([...good.slice(0, 7), ...bad, ...good.slice(7)], store);
  expect(unstored.map(({ record }) => record)).toEqual(bad);
  expect(await dataSource.query('select word from words order by number')).toEqual(good.map(([word]) => ({ word })));
});

test('any other error is thrown, and nothing is tried twice', async () => {
  let tries = 0;
  const missing = (): Promise<unknown> => {
    tries += 1;
    return dataSource.query('select * from nowhere');
  };
  await expect(storeByHalves([1, 2], missing)).rejects.toThrow(/nowhere/);
  expect(tries).toBe(1);
});
