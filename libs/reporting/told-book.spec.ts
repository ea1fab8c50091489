import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate, Told } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import type { Report } from './report.js';
import { isNews, newsOf, ToldBook } from './told-book.js';

let database: TestDatabase;
let dataSource: DataSource;
let book: ToldBook;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createDataSource({
    url: database.url,
    schema: 'reporter',
    entities: [],
    migrations: [],
  }).initialize();
  await migrate(dataSource);
  book = new ToldBook(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const report = fc.record<Report>({
  code: fc.constantFrom('000000001', '000000002', '000000003'),
  revision: fc.integer({ min: 1, max: 4 }),
  told: fc.constantFrom('later', 'error', 'synchronized'),
});

test.each<[string, Omit<Report, 'code'>, Omit<Report, 'code'> | undefined, boolean]>([
  ['nothing was told', { revision: 1, told: 'later' }, undefined, true],
  ['newer', { revision: 2, told: 'later' }, { revision: 1, told: 'synchronized' }, true],
  ['older, even a success', { revision: 1, told: 'synchronized' }, { revision: 2, told: 'later' }, false],
  ['success over error', { revision: 1, told: 'synchronized' }, { revision: 1, told: 'error' }, true],
  ['error after success', { revision: 1, told: 'error' }, { revision: 1, told: 'synchronized' }, false],
  ['error an operator releases', { revision: 1, told: 'error' }, { revision: 1, told: 'later' }, true],
  ['later after error', { revision: 1, told: 'later' }, { revision: 1, told: 'error' }, false],
  ['the same again', { revision: 1, told: 'synchronized' }, { revision: 1, told: 'synchronized' }, false],
])('is it news: %s', (_what, next, last, expected) => expect(isNews(next, last)).toBe(expected));

test('of a batch at most one report a student, and the order of arrival does not matter', () => {
  fc.assert(
    fc.property(fc.array(report), (reports) => {
      const facts = (list: Report[]): string[] =>
        list.map(({ code, revision, told }) => `${code} ${revision} ${told}`).sort();
      const news = newsOf(reports);
      expect(new Set(news.map(({ code }) => code)).size).toBe(news.length);
      expect(facts(newsOf([...reports].reverse()))).toEqual(facts(news));
      for (const one of reports) expect(news.some((best) => best.code === one.code && !isNews(one, best))).toBe(true);
    }),
  );
});

test('whatever comes in whatever order, 1C ends up with the weightiest report, and hears nothing twice', async () => {
  let system = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(report, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), async (batches) => {
      const id = `s${++system}`;
      const sent: Report[] = [];
      for (const batch of batches) {
        const codes = batch.map(({ code }) => code);
        const news = newsOf(batch, await book.lastTold(id, codes));
        sent.push(...news);
        await book.record(id, news);
        expect(newsOf(batch, await book.lastTold(id, codes))).toEqual([]);
      }
      const facts = sent.map(({ code, revision, told }) => `${code} ${revision} ${told}`);
      expect(new Set(facts).size).toBe(facts.length);
      const rows = await dataSource.getRepository(Told).findBy({ system: id });
      const order = ['later', 'error', 'synchronized'];
      for (const code of new Set(batches.flat().map((one) => one.code))) {
        const best = batches
          .flat()
          .filter((one) => one.code === code)
          .sort((a, b) => b.revision - a.revision || order.indexOf(b.told) - order.indexOf(a.told))[0]!;
        expect(rows.find((row) => row.code === code)).toMatchObject({ revision: best.revision, told: best.told });
      }
    }),
    { numRuns: 40 },
  );
});

test('recording what is no news changes nothing, validity included', async () => {
  await book.record('lms', [{ code: '1', revision: 5, told: 'synchronized', validUntil: 1_800_000_000 }]);
  await book.record('lms', [
    { code: '1', revision: 5, told: 'synchronized', validUntil: 1_900_000_000 },
    { code: '1', revision: 4, told: 'error' },
  ]);
  const row = await dataSource.getRepository(Told).findOneByOrFail({ system: 'lms', code: '1' });
  expect(row).toMatchObject({ revision: 5, told: 'synchronized', validUntil: 1_800_000_000 });
  await book.record('lms', [{ code: '1', revision: 6, told: 'error' }]);
  expect(await dataSource.getRepository(Told).findOneByOrFail({ system: 'lms', code: '1' })).toMatchObject({
    revision: 6,
    told: 'error',
    validUntil: null,
  });
});
