import type { DataSource } from 'typeorm';
import { withAdvisoryLock } from './advisory-lock.js';
import { addressOf, createDataSource } from './data-source.js';
import { operationsMigrations } from './operations/migrations.js';

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

/** Connects and migrates; a data source whose migration fails is closed again. */
export async function openMigrated(dataSource: DataSource): Promise<DataSource> {
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
