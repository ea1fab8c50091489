import { DataSource, type MixedList } from 'typeorm';
import { operationsEntities } from '../operations/schema.js';
import { OrmLog } from './orm-log.js';
import { clientIn } from './schema-client.js';

type Classes = Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type

export interface ServiceSchema {
  /** PostgreSQL schema of the service, `user_provisioner`: its tables and its list of migrations. */
  schema: string;
  entities: Classes;
  migrations: Classes;
  /** Connections of its pool, where fewer than {@link poolSize} will do; two at least. */
  connections?: number;
}

/** Connections that one process may hold in its pool. The sum over all is in docs/architecture.md, "Connections". */
export const poolSize = 4;

/**
 * A data source of one service: its own schema first in the search path, and the shared schema `operations`.
 * Not connected yet: `await dataSource.initialize()`, then {@link migrate}.
 */
export function createDataSource({
  url,
  schema,
  entities,
  migrations,
  connections = poolSize,
}: ServiceSchema & { url: string }): DataSource {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema))
    throw new TypeError(`"${schema}" is no schema name: a-z, 0-9 and _, a letter first`);
  return new DataSource({
    type: 'postgres',
    url,
    schema,
    applicationName: `itk ${schema}`,
    entities: [...new Set([...entities, ...operationsEntities])] as MixedList<Function>, // eslint-disable-line @typescript-eslint/no-unsafe-function-type
    migrations: migrations as MixedList<Function>, // eslint-disable-line @typescript-eslint/no-unsafe-function-type
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'all',
    synchronize: false,
    logger: new OrmLog(),
    // gen_random_uuid() is built in; an extension would need rights that a service should not have.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    extra: {
      max: connections,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
      Client: clientIn(schema),
    },
  });
}

/** The address that the data source was made with. */
export function addressOf(dataSource: DataSource): string {
  const { options } = dataSource;
  if (options.type !== 'postgres' || !options.url) throw new TypeError('not a PostgreSQL data source with a url');
  return options.url;
}
