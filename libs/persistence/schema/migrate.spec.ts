import { operationsMigrations } from '../operations/schema.js';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource, poolSize, type ServiceSchema } from '../connection/data-source.js';
import { migrate, openMigrated } from './migrate.js';
import { schemaDrift } from '../testing/schema-drift.js';
import { ledger, Student } from '../testing/student-ledger.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';

let database: TestDatabase;
const opened: DataSource[] = [];

const open = async (service: ServiceSchema, url = database.url): Promise<DataSource> => {
  const dataSource = await createDataSource({ ...service, url }).initialize();
  opened.push(dataSource);
  return dataSource;
};

beforeEach(async () => void (database = await createTestDatabase()));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((dataSource) => dataSource.destroy()));
  await database.drop();
});

const applied = (dataSource: DataSource, schema: string): Promise<{ name: string }[]> =>
  dataSource.query(`select name from ${schema}.migrations order by id`);

test('the second run finds nothing to do, and entities and schema agree', async () => {
  const dataSource = await open(ledger);
  await migrate(dataSource);
  await migrate(dataSource);
  expect(await applied(dataSource, 'ledger')).toEqual([{ name: 'Student1790000000001' }]);
  expect(await applied(dataSource, 'operations')).toHaveLength(operationsMigrations.length);
  expect(await schemaDrift(dataSource)).toEqual([]);
});

test('five at once: every migration is applied once, nobody fails', async () => {
  // An address of its own for each, so that only PostgreSQL stands between them, as between processes.
  const many = await Promise.all([1, 2, 3, 4, 5].map((n) => open(ledger, `${database.url}?connect_timeout=${n + 20}`)));
  const results = await Promise.allSettled(many.map(migrate));
  expect(results.map((result) => result.status)).toEqual(Array(5).fill('fulfilled'));
  expect(await applied(many[0]!, 'ledger')).toHaveLength(1);
  expect(await applied(many[0]!, 'operations')).toHaveLength(operationsMigrations.length);
});

test('services keep apart: each its own tables and list of migrations', async () => {
  const [one, other] = [await open(ledger), await open({ ...ledger, schema: 'other_ledger' })];
  await Promise.all([migrate(one), migrate(other)]);
  await one.getRepository(Student).insert({ code: '000000001', revision: 1 });
  expect(await other.getRepository(Student).count()).toBe(0);
});

test('a migration that fails leaves nothing behind', async () => {
  class Broken1790000000002 implements MigrationInterface {
    name = 'Broken1790000000002';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('create table half (id int)');
      await runner.query('select * from does_not_exist');
    }
    async down(): Promise<void> {}
  }
  const dataSource = await open({ ...ledger, migrations: [...ledger.migrations, Broken1790000000002] });
  await expect(migrate(dataSource)).rejects.toThrow('does_not_exist');
  const whole = await open(ledger);
  await migrate(whole);
  expect(await schemaDrift(whole)).toEqual([]);
});

const addingColumn = (name: string): new () => MigrationInterface =>
  class implements MigrationInterface {
    name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('alter table student add note text');
    }
    async down(): Promise<void> {}
  };

test('an older program starts on tables that a newer one has added to', async () => {
  await migrate(await open({ ...ledger, migrations: [...ledger.migrations, addingColumn('Note1790000000002')] }));
  const old = await open(ledger);
  await migrate(old);
  await old.getRepository(Student).insert({ code: '000000001', revision: 1 });
  expect(await old.getRepository(Student).count()).toBe(1);
});

test('an older program refuses a database that a newer one has broken with', async () => {
  await migrate(
    await open({ ...ledger, migrations: [...ledger.migrations, addingColumn('BreakingNote1790000000002')] }),
  );
  await expect(migrate(await open(ledger))).rejects.toThrow(/newer than the program: BreakingNote1790000000002/);
});

test('a role that may only use its tables starts where nothing is to be migrated, and is told what to run otherwise', async () => {
  await migrate(await open(ledger));
  const [owner] = opened;
  const role = `limited_${process.pid}`;
  await owner!.query(`create role ${role} login password 'x'`);
  try {
    await owner!.query(`revoke create on database ${new URL(database.url).pathname.slice(1)} from public`);
    for (const schema of ['ledger', 'operations'])
      await owner!.query(
        `grant usage on schema ${schema} to ${role}; grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
      );
    const url = new URL(database.url);
    [url.username, url.password] = [role, 'x'];
    const limited = createDataSource({ ...ledger, url: url.href });
    await (await openMigrated(limited)).destroy();
    const newer = { ...ledger, migrations: [...ledger.migrations, addingColumn('Note1790000000002')], url: url.href };
    await expect(openMigrated(createDataSource(newer))).rejects.toThrow(/itk prepare database/);
  } finally {
    await owner!.query(`drop owned by ${role}; drop role ${role}`);
  }
});

test.each([
  ['a missing column', 'alter table ledger.student drop column revision', /ADD "revision"/],
  ['another type', 'alter table ledger.student alter revision type int', /"revision"/],
  ['a missing index', 'drop index ledger.student_revision', /CREATE INDEX "student_revision"/],
  ['a column without a property', 'alter table ledger.student add extra int', /DROP COLUMN "extra"/],
  ['null allowed', 'alter table ledger.student alter revision drop not null', /NOT NULL/],
  ['a table without an entity', 'create table ledger.forgotten (id int)', /table ledger.forgotten has no entity/],
  ['operations: a rule is gone', 'alter table operations.pause drop constraint pause_kind', /pause_kind/],
])('drift is seen: %s', async (_what, sql, seen) => {
  const dataSource = await open(ledger);
  await migrate(dataSource);
  await dataSource.query(sql);
  expect((await schemaDrift(dataSource)).join('\n')).toMatch(seen);
});

test('bigint comes as a number, and rather fails than loses digits', async () => {
  const dataSource = await open(ledger);
  await migrate(dataSource);
  const students = dataSource.getRepository(Student);
  await students.insert({ code: '000000001', revision: 1_790_000_000_123 });
  expect((await students.findOneByOrFail({ code: '000000001' })).revision).toBe(1_790_000_000_123);
  await dataSource.query('update ledger.student set revision = 9007199254740993');
  await expect(students.find()).rejects.toThrow('beyond 2^53');
});

test('the pool is small', async () => {
  const dataSource = await open(ledger);
  await Promise.all(Array.from({ length: 12 }, () => dataSource.query('select pg_sleep(0.05)')));
  const [{ count }] = await dataSource.query(
    "select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'itk ledger'",
  );
  expect(count).toBe(poolSize);
});
