import type { DataSource, QueryRunner } from 'typeorm';
import { SettingError } from '#platform';
import { withAdvisoryLock } from '../locks/advisory-lock.js';
import { addressOf, createDataSource, type ServiceSchema } from '../connection/data-source.js';
import { databaseTrouble } from '../connection/database-away.js';
import { operationsMigrations } from '../operations/schema.js';
import { proveOwnSessions, type Backends } from '../connection/schema-client.js';
import { compareMigrations, newerDatabase } from './versions.js';

/**
 * Brings the shared schema `operations` and the service's own schema up to date. Any number of processes may call it at
 * once: an advisory lock lets one work at a time, and the others find nothing left to do.
 * @throws SettingError when a newer program has changed the database so that this one cannot work with it
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  await withAdvisoryLock(dataSource, 'itk migrations', async () => {
    const operations = createDataSource({
      url: addressOf(dataSource),
      schema: 'operations',
      entities: [],
      migrations: operationsMigrations,
    });
    await operations.initialize();
    try {
      await migrateSchema(operations);
    } finally {
      await operations.destroy();
    }
    await migrateSchema(dataSource);
  });
}

async function migrateSchema(dataSource: DataSource): Promise<void> {
  const schema = (dataSource.options as { schema: string }).schema;
  const run = await migrationsRun(dataSource, schema);
  const known = dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
  const { pending, newer } = compareMigrations(known, run);
  if (newer.length > 0) throw new SettingError(newerDatabase(schema, newer));
  await makeSchema(dataSource, schema);
  // A service whose role may only use its tables finds nothing to do, and asks for no right that it lacks.
  if (pending.length > 0) await dataSource.runMigrations({ transaction: 'all' });
}

/** Names of the migrations that have run in this schema, oldest first; none where it is not there. */
async function migrationsRun(dataSource: DataSource, schema: string): Promise<string[]> {
  const [{ table }] = (await dataSource.query('select to_regclass($1) as "table"', [`"${schema}".migrations`])) as [
    { table: string | null },
  ];
  if (table === null) return [];
  const rows: { name: string }[] = await dataSource.query(`select name from "${schema}".migrations order by id`);
  return rows.map(({ name }) => name);
}

/** `create schema if not exists` asks for the right to make one even where it is there. */
async function makeSchema(dataSource: DataSource, schema: string): Promise<void> {
  const there: unknown[] = await dataSource.query('select from pg_namespace where nspname = $1', [schema]);
  if (there.length === 0) await dataSource.query(`create schema if not exists "${schema}"`);
}

/**
 * Connects and migrates; a data source whose migration fails is closed again.
 * @throws SettingError for what does not get better by itself: address, password, rights, certificate, pooler
 */
export async function openMigrated(dataSource: DataSource): Promise<DataSource> {
  try {
    await dataSource.initialize();
    proveOwnSessions(await backendsOf(dataSource));
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    const trouble = databaseTrouble(error);
    throw trouble && !(error instanceof SettingError) ? new SettingError(trouble, { cause: error }) : error;
  }
  return dataSource;
}

/**
 * Which backends two connections have that are open at the same time. A pooler in transaction mode gives out the one
 * that was last returned: both get it when asked in turn, and after a transaction of each the first has the other's.
 */
async function backendsOf(dataSource: DataSource): Promise<Backends> {
  const [one, other] = [dataSource.createQueryRunner(), dataSource.createQueryRunner()];
  const ask = async (runner: QueryRunner): Promise<number> => {
    const rows = (await runner.query('select pg_backend_pid() as pid')) as { pid: number }[];
    return rows[0]!.pid;
  };
  try {
    const seen: [number[], number[]] = [[await ask(one)], [await ask(other)]];
    // A pooler with a single backend would let the second transaction wait for ever.
    if (seen[0][0] === seen[1][0]) return seen;
    for (const runner of [one, other]) await runner.startTransaction();
    seen[0].push(await ask(one));
    seen[1].push(await ask(other));
    for (const runner of [one, other]) await runner.commitTransaction();
    seen[0].push(await ask(one));
    return seen;
  } finally {
    for (const runner of [one, other]) await runner.release();
  }
}

/** For `main.js migrate` of a service: see {@link openMigrated}. */
export const migrating =
  (service: ServiceSchema) =>
  async ({ database }: { database: { url: string } }): Promise<void> =>
    (await openMigrated(createDataSource({ ...service, url: database.url }))).destroy();
