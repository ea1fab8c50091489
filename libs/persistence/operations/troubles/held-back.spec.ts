import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { alarmStands } from '#platform/testing';
import { createDataSource } from '../../connection/data-source.js';
import { migrate } from '../../schema/migrate.js';
import { eventually } from '../../testing/eventually.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { Trouble } from '../entities/trouble.js';
import { HeldBackWatch, sayHeldBack, type HeldBack } from './held-back.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({
    url: database.url,
    schema: 'holder',
    entities: [],
    migrations: [],
  }).initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const held: HeldBack = {
  service: 'holder',
  check: 'flags-held',
  alarm: 'many-flags-held',
  alarmText: 'many flags are held',
  troubleOf: (system, number) => ({
    what: both(`${number}`, `${number} held`),
    mend: both(system, `look at ${system}`),
  }),
};
const toldByStatus = async () =>
  (await dataSource.getRepository(Trouble).find()).map(({ service, system, check, about, what, mend }) => [
    ...[service, system, check, about],
    ...[what.en, mend.en],
  ]);

it('is told by the alarm and by status while anything waits, and no longer', async () => {
  await sayHeldBack(dataSource, held, 'lms', 3);
  expect(alarmStands('many-flags-held', 'lms')).toBe(true);
  expect(await toldByStatus()).toEqual([['holder', 'lms', 'flags-held', '', '3 held', 'look at lms']]);
  await sayHeldBack(dataSource, held, 'other', 0);
  expect(alarmStands('many-flags-held', 'other')).toBe(false);
  await sayHeldBack(dataSource, held, 'lms', 0);
  expect(alarmStands('many-flags-held', 'lms')).toBe(false);
  expect(await toldByStatus()).toEqual([]);
});

it('is looked at from the start, system after system, and a look that fails ends nothing', async () => {
  const looks: string[] = [];
  const watch = new HeldBackWatch(['a', 'b', 'c'], async (system) => {
    looks.push(system);
    if (system === 'b') throw new Error('ECONNREFUSED');
  });
  watch.onApplicationBootstrap();
  await eventually(() => expect(looks).toEqual(['a', 'b']));
  watch.beforeApplicationShutdown();
});
