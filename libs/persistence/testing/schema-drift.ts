import type { DataSource } from 'typeorm';

/**
 * What would have to be done to the migrated schema to fit the entities, as SQL; and tables of the service's own schema
 * that no entity knows. Empty: they agree.
 */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  const { schema, migrationsTableName } = dataSource.options as { schema: string; migrationsTableName: string };
  const known = new Set(
    dataSource.entityMetadatas
      .filter((entity) => (entity.schema ?? schema) === schema)
      .map((entity) => entity.tableName),
  );
  const tables: { tablename: string }[] = await dataSource.query(
    'select tablename from pg_tables where schemaname = $1 order by tablename',
    [schema],
  );
  return [
    ...upQueries.map((query) => query.query),
    ...tables
      .map((table) => table.tablename)
      .filter((table) => table !== migrationsTableName && !known.has(table))
      .map((table) => `table ${schema}.${table} has no entity`),
  ];
}
