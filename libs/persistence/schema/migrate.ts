import type { DataSource } from 'typeorm';
import { SettingError } from '#platform';
import { withAdvisoryLock } from '../locks/advisory-lock.js';
import { addressOf, createDataSource } from '../connection/data-source.js';
import { databaseTrouble } from '../connection/database-away.js';
import { operationsMigrations } from '../operations/schema.js';
import { proveOwnSessions } from '../connection/schema-client.js';

/**
 * Brings the shared schema `operations` and the service's own schema up to date. Any number of processes may call it at
 * once: an advisory lock lets one work at a time, and the others find nothing left to do.
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
  await dataSource.query(`create schema if not exists "${schema}"`);
  await dataSource.runMigrations({ transaction: 'all' });
}

/**
 * Connects and migrates; a data source whose migration fails is closed again.
 * @throws SettingError for what does not get better by itself: address, password, rights, certificate, pooler
 */
export async function openMigrated(dataSource: DataSource): Promise<DataSource> {
  try {
    await dataSource.initialize();
    proveOwnSessions(await twoBackends(dataSource));
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    const trouble = databaseTrouble(error);
    throw trouble && !(error instanceof SettingError) ? new SettingError(trouble, { cause: error }) : error;
  }
  return dataSource;
}

/** The backends of two connections that are open at the same time. */
async function twoBackends(dataSource: DataSource): Promise<[number, number]> {
  const runners = [dataSource.createQueryRunner(), dataSource.createQueryRunner()] as const;
  const ask = async (runner: (typeof runners)[number]): Promise<number> => {
    const rows = (await runner.query('select pg_backend_pid() as pid')) as { pid: number }[];
    return rows[0]!.pid;
  };
  try {
    return [await ask(runners[0]), await ask(runners[1])];
  } finally {
    for (const runner of runners) await runner.release();
  }
}
