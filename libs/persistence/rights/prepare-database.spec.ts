import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../connection/data-source.js';
import { openMigrated } from '../schema/migrate.js';
import { ledger, Student } from '../testing/student-ledger.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { prepareDatabase, type ServiceRole } from './prepare-database.js';

let database: TestDatabase;
let admin: DataSource;
const opened: DataSource[] = [];
const suffix = randomBytes(3).toString('hex');
const service = (schema: string, password = 'one'): ServiceRole => ({
  schema,
  role: `itk_${schema}_${suffix}`,
  password,
});
const addressFor = ({ role, password }: ServiceRole): string => {
  const url = new URL(database.url);
  [url.username, url.password] = [role, encodeURIComponent(password)];
  return url.href;
};
const openAs = async (who: ServiceRole): Promise<DataSource> => {
  const dataSource = await openMigrated(createDataSource({ ...ledger, schema: who.schema, url: addressFor(who) }));
  opened.push(dataSource);
  return dataSource;
};

const [one, two] = [service('first'), service('second')];

beforeEach(async () => {
  database = await createTestDatabase();
  admin = await createDataSource({ ...ledger, schema: 'admin', url: database.url }).initialize();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((dataSource) => dataSource.destroy()));
  for (const { role } of [one, two]) await admin.query(`drop owned by "${role}" cascade`).catch(() => undefined);
  for (const { role } of [one, two]) await admin.query(`drop role if exists "${role}"`);
  await admin.destroy();
  await database.drop();
});

test('a service migrates and works with a role that owns its own schema, and uses the shared tables', async () => {
  await prepareDatabase(database.url, [one]);
  const dataSource = await openAs(one);
  await dataSource.getRepository(Student).insert({ code: '000000001', revision: 1 });
  await dataSource.query(
    `insert into operations.consumer select * from operations.consumer where false; select * from operations.pause`,
  );
  const [row] = await admin.query(`select tableowner from pg_tables where schemaname = 'first' limit 1`);
  expect(row).toEqual({ tableowner: one.role });
});

test('it reads and writes nothing of its neighbour, makes no schema, and changes no shared table', async () => {
  await prepareDatabase(database.url, [one, two]);
  const [dataSource] = [await openAs(one), await openAs(two)];
  for (const sql of [
    'select * from second.student',
    `insert into second.student values ('000000002', 1)`,
    'create schema elsewhere',
    'alter table operations.pause add extra int',
    'drop table operations.told',
    'delete from operations.migrations',
  ])
    await expect(dataSource.query(sql)).rejects.toThrow(/permission denied|must be owner/);
});

test('a second run sets the password anew and leaves the rest', async () => {
  await prepareDatabase(database.url, [one]);
  await (await openAs(one)).getRepository(Student).insert({ code: '000000001', revision: 1 });
  const changed = { ...one, password: `o'ne %I "two"` };
  await prepareDatabase(database.url, [changed]);
  await expect(openAs(one)).rejects.toThrow(/refuses the user or the password/);
  expect(await (await openAs(changed)).getRepository(Student).count()).toBe(1);
});

test('tables that one user made for all become the service’s own', async () => {
  const before = await openMigrated(createDataSource({ ...ledger, schema: one.schema, url: database.url }));
  await before.getRepository(Student).insert({ code: '000000001', revision: 1 });
  await before.destroy();
  await prepareDatabase(database.url, [one]);
  const dataSource = await openAs(one);
  expect(await dataSource.getRepository(Student).count()).toBe(1);
  await dataSource.query('alter table first.student add note text');
});

test('a name that would have to be quoted is refused', async () => {
  await expect(prepareDatabase(database.url, [{ ...one, role: 'x"; drop table y' }])).rejects.toThrow(
    /no name of a role/,
  );
});
