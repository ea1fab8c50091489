import { jest } from '@jest/globals';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { getDataSourceToken, getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, MigrationInterface, Repository } from 'typeorm';
import { both } from '#contracts';
import { HealthSigns, platform, type Configuration } from '#platform';
import { PauseBook } from './operations/pauses/pause-book.js';
import { TroubleBook } from './operations/troubles/trouble-book.js';
import { persistence } from './persistence.module.js';
import { eventually } from './testing/eventually.js';
import { schemaDrift } from './testing/schema-drift.js';
import { ledger, Student } from './testing/student-ledger.js';
import { createTestDatabase, type TestDatabase } from './testing/test-database.js';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());
beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

@Module({ imports: [TypeOrmModule.forFeature([Student])] })
class LedgerModule {}

const start = async (service = ledger, url = database.url): Promise<INestApplicationContext> => {
  const configuration = { systems: [], database: { url } } as unknown as Configuration;
  const module = await Test.createTestingModule({
    imports: [platform(configuration), persistence(service), LedgerModule],
  })
    .setLogger(false as never)
    .compile();
  return module.init();
};

test('replicas start at once: migrated, the books open, repositories injectable; closing leaves no connection', async () => {
  const apps = await Promise.all([start(), start(), start()]);
  const [one, other] = [apps[0]!, apps[1]!];
  const dataSource = one.get<DataSource>(getDataSourceToken());
  expect(await schemaDrift(dataSource)).toEqual([]);

  await one.get<Repository<Student>>(getRepositoryToken(Student)).insert({ code: '1', revision: 7 });
  expect(await other.get<Repository<Student>>(getRepositoryToken(Student)).find()).toEqual([
    { code: '1', revision: 7 },
  ]);

  const heard = new Promise((resolve) => other.get(PauseBook).onChange(resolve));
  const pause = { system: 'lms', service: 'x', kind: 'outage' as const, reason: both('а', 'a'), by: 'x' };
  await one.get(PauseBook).put(pause);
  expect(await heard).toMatchObject([pause]);
  await other.get(TroubleBook).found({ service: 'x', system: 'lms', check: 'y' }, []);
  expect(await one.get(HealthSigns).read()).toEqual([{ name: 'database', sign: 'up' }]);

  await Promise.all(apps.slice(1).map((app) => app.close()));
  await eventually(async () => {
    const rows: { name: string; connections: number }[] = await dataSource.query(
      `select application_name as name, count(*)::int as connections from pg_stat_activity
       where datname = current_database() and application_name <> 'itk ledger' group by 1`,
    );
    expect(rows).toEqual([{ name: 'itk pauses', connections: 1 }]);
  });
  await one.close();
  expect(dataSource.isInitialized).toBe(false);
});

test('a migration that fails stops the start at once, and says which', async () => {
  class Wrong1790000000009 implements MigrationInterface {
    name = 'Wrong1790000000009';
    up = (): Promise<void> => Promise.reject(new TypeError('this migration is wrong'));
    down = async (): Promise<void> => {};
  }
  const before = Date.now();
  await expect(start({ ...ledger, migrations: [...ledger.migrations, Wrong1790000000009] })).rejects.toThrow(
    'this migration is wrong',
  );
  expect(Date.now() - before).toBeLessThan(10_000);
});

test('a database that does not exist stops the start at once', async () => {
  const nowhere = new URL(database.url);
  nowhere.pathname = '/itk_no_such_database';
  await expect(start(ledger, nowhere.href)).rejects.toMatchObject({
    name: 'SettingError',
    trouble: { cause: 'database-missing' },
  });
});
