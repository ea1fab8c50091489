import type { DataSource } from 'typeorm';
import { createDataSource } from '../connection/data-source.js';
import { eventually } from '../testing/eventually.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { lookAfter } from './upkeep.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, schema: 'own', entities: [], migrations: [] });
  await dataSource.initialize();
  for (const schema of ['own', 'foreign'])
    await dataSource.query(
      `create schema "${schema}"; create table "${schema}"."Of students" (n int primary key) with (autovacuum_enabled = off);
       create table "${schema}".few (n int) with (autovacuum_enabled = off);
       insert into "${schema}"."Of students" select generate_series(1, 5000); insert into "${schema}".few values (1)`,
    );
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const rowsKnown = async (table: string): Promise<number> => {
  const [row] = (await dataSource.query('select reltuples from pg_class where oid = $1::regclass', [table])) as [
    { reltuples: number },
  ];
  return row.reltuples;
};

it('a table that has grown is looked after once, and again when half of it has changed; others are left alone', async () => {
  // the server counts what a session did a moment later
  await eventually(async () => expect(await lookAfter(dataSource, ['own'])).toEqual(['own."Of students"']));
  expect(await rowsKnown('own."Of students"')).toBe(5000);
  expect(await rowsKnown('foreign."Of students"')).toBe(-1);
  expect(await rowsKnown('own.few')).toBe(-1);
  expect(await lookAfter(dataSource, ['own'])).toEqual([]);
  await dataSource.query('update own."Of students" set n = n + 10000 where n <= 3000');
  await eventually(async () => expect(await lookAfter(dataSource, ['own'])).toEqual(['own."Of students"']));
  expect(
    await dataSource.query(
      `select n_dead_tup::int as dead from pg_stat_user_tables where relname = 'Of students' and schemaname = 'own'`,
    ),
  ).toEqual([{ dead: 0 }]);
});
