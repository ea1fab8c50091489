import type { DataSource } from 'typeorm';
import { both } from '#contracts';
import { createDataSource } from '../../connection/data-source.js';
import { migrate } from '../../schema/migrate.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { Trouble } from '../entities/trouble.js';
import { TroubleBook } from './trouble-book.js';

let database: TestDatabase;
let dataSource: DataSource;
let book: TroubleBook;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({
    url: database.url,
    schema: 'finder',
    entities: [],
    migrations: [],
  }).initialize();
  await migrate(dataSource);
  book = new TroubleBook(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const mine = { service: 'onec-component', system: '', check: 'mirror-record' };
const trouble = (about: string, what: string) => ({ about, what: both(what, what), mend: both('чините', 'mend it') });
const standing = () => dataSource.getRepository(Trouble).find({ order: { check: 'asc', about: 'asc' } });

test('a look is whole: what it no longer finds is over, what stands keeps its time, other looks stay', async () => {
  await book.found({ ...mine, check: 'mirror-age' }, [trouble('', 'old')]);
  await book.found(mine, [trouble('1', 'a'), trouble('2', 'a'), trouble('2', 'b')]);
  const before = await standing();
  expect(before.map(({ check, about, what }) => [check, about, what.en])).toEqual([
    ['mirror-age', '', 'old'],
    ['mirror-record', '1', 'a'],
    ['mirror-record', '2', 'b'],
  ]);
  await book.found(mine, [trouble('2', 'c'), trouble('3', 'a')]);
  const after = await standing();
  expect(after.map(({ about, what }) => [about, what.en])).toEqual([
    ['', 'old'],
    ['2', 'c'],
    ['3', 'a'],
  ]);
  expect(after[1]!.since).toEqual(before[2]!.since);
  await book.found(mine, []);
  expect(await standing()).toHaveLength(1);
});
