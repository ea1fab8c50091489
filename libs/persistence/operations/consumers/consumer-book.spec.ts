import type { DataSource } from 'typeorm';
import { createDataSource } from '../../connection/data-source.js';
import { migrate } from '../../schema/migrate.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { ConsumerBook } from './consumer-book.js';
import { Consumer } from '../entities/consumer.js';

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, schema: 'teller', entities: [], migrations: [] });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const rows = () => dataSource.getRepository(Consumer).find({ order: { system: 'asc', state: 'asc' } });

it('each process says its own, the newest word stands, and who leaves is gone', async () => {
  const oldest = Date.parse('2026-11-20T10:00:00Z');
  const leading = new ConsumerBook(dataSource, 'course-enroller');
  const second = new ConsumerBook(dataSource, 'course-enroller');
  await leading.say([
    { system: 'a', state: 'consuming', inHand: { number: 3, oldest }, settled: { done: 5 } },
    { system: 'b', state: 'paused', inHand: { number: 0 }, settled: {} },
  ]);
  await second.say([{ system: 'a', state: 'standby', inHand: { number: 0 }, settled: {} }]);
  await leading.say([{ system: 'a', state: 'consuming', inHand: { number: 0 }, settled: { done: 8, dead: 1 } }]);
  expect(await rows()).toMatchObject([
    { system: 'a', state: 'consuming', inHand: 0, oldest: null, settled: { done: 8, dead: 1 } },
    { system: 'a', state: 'standby' },
    { system: 'b', state: 'paused', inHand: 0 },
  ]);
  expect((await rows())[0]).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/), since: expect.any(Date) });
  await leading.leave();
  expect(await rows()).toMatchObject([{ system: 'a', state: 'standby' }]);
});

it('whoever ended without a word is forgotten after a day', async () => {
  await new ConsumerBook(dataSource, 'gone').say([
    { system: 'a', state: 'consuming', inHand: { number: 1 }, settled: {} },
  ]);
  await dataSource.query(`update operations.consumer set seen = now() - interval '25 hours' where service = 'gone'`);
  await new ConsumerBook(dataSource, 'gone').say([]);
  expect((await rows()).filter(({ service }) => service === 'gone')).toEqual([]);
});
