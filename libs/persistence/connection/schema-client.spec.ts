import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openMigrated } from '../schema/migrate.js';
import { eventually } from '../testing/eventually.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';
import { isDatabaseAway } from './database-away.js';
import { clientIn } from './schema-client.js';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

const open = () => openMigrated(createDataSource({ url: database.url, schema: 'still', entities: [], migrations: [] }));

test('a transaction whose process stands still is ended by the server; its rows are free, its work can be done again', async () => {
  const [one, other] = [await open(), await open()];
  await one.query('create table rows (n integer)');
  await one.query('insert into rows values (1)');
  const standing = one.transaction(async (manager) => {
    expect(await manager.query('show idle_in_transaction_session_timeout')).toEqual([
      { idle_in_transaction_session_timeout: '1min' },
    ]);
    await manager.query('set local idle_in_transaction_session_timeout = 300');
    await manager.query('update rows set n = 2');
    await sleep(1_000);
    await manager.query('select 1');
  });
  const refused = standing.then(
    () => 'committed',
    (error: unknown) => isDatabaseAway(error),
  );
  await eventually(async () => {
    await other.query(`set lock_timeout = '100ms'`);
    await other.query('update rows set n = 3');
  });
  expect(await refused).toBe(true);
  expect(await one.query('select n from rows')).toEqual([{ n: 3 }]);
  await Promise.all([one.destroy(), other.destroy()]);
});

test('a limit of an administrator stays', async () => {
  const admin = await open();
  const name = new URL(database.url).pathname.slice(1);
  await admin.query(`alter database "${name}" set idle_in_transaction_session_timeout = '5s'`);
  const later = await open();
  expect(await later.query('show idle_in_transaction_session_timeout')).toEqual([
    { idle_in_transaction_session_timeout: '5s' },
  ]);
  await Promise.all([admin.destroy(), later.destroy()]);
});

test('a connection lost before the pool listens fails the connecting and does not end the process', async () => {
  const other = new pg.Client(database.url);
  await other.connect();
  class Interrupted extends clientIn('public') {
    override query = (async (...asked: unknown[]) => {
      await other.query('select pg_terminate_backend($1)', [(this as unknown as { processID: number }).processID]);
      return (pg.Client.prototype.query as (...given: unknown[]) => unknown).apply(this, asked);
    }) as typeof pg.Client.prototype.query;
  }
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('uncaughtException', hear);
  const pool = new pg.Pool({ connectionString: database.url, Client: Interrupted });
  // as the question fails, or as it cannot even be put
  await expect(pool.connect()).rejects.toThrow(/terminat|not queryable/i);
  await pool.end();
  await other.end();
  process.off('uncaughtException', hear);
  expect(unheard).toEqual([]);
});
