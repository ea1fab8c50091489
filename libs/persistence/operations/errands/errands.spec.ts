import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { both, failed } from '#contracts';
import { createDataSource } from '../../connection/data-source.js';
import { migrate } from '../../schema/migrate.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { ledger } from '../../testing/student-ledger.js';
import { askFor, serveErrands } from './errands.js';

let database: TestDatabase;
let dataSource: DataSource;
const stopping: AbortController[] = [];
const soon = { begin: 10_000, end: 10_000 };
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, ...ledger });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterEach(() => stopping.splice(0).forEach((each) => each.abort()));
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

function serve(...rest: [Parameters<typeof serveErrands>[2], Parameters<typeof serveErrands>[4]?]): void {
  const stop = new AbortController();
  stopping.push(stop);
  void serveErrands(dataSource, 'error-flagger', rest[0], stop.signal, rest[1]);
}

it('the answer comes back, and what was handed over is not kept', async () => {
  serve({ add: (errand) => Promise.resolve((errand.payload as { a: number }).a + 1) });
  const end = await askFor(dataSource, { service: 'error-flagger', what: 'add', payload: { a: 1 }, by: 'me' }, soon);
  expect(end).toEqual({ state: 'done', result: 2 });
  expect(await dataSource.query('select payload from operations.errand')).toEqual([{ payload: null }]);
});

it('a failure comes back in both languages', async () => {
  serve({ flag: () => Promise.reject(failed('outage', 'onec-away', both('1С молчит', '1C is silent'))) });
  expect(await askFor(dataSource, { service: 'error-flagger', what: 'flag', by: 'me' }, soon)).toEqual({
    state: 'failed',
    failure: { ru: '1С молчит', en: '1C is silent' },
  });
});

it('of several processes exactly one does it, and only one whose business it is', async () => {
  let times = 0;
  const handler = { once: () => Promise.resolve(++times) };
  serve(handler, ({ system }) => system === 'b');
  serve(handler, ({ system }) => system === 'a');
  serve(handler, ({ system }) => system === 'a');
  await askFor(dataSource, { service: 'error-flagger', what: 'once', system: 'a', by: 'me' }, soon);
  expect(times).toBe(1);
});

it('what nobody has begun is taken back: it is not done later by surprise', async () => {
  const errand = { service: 'error-flagger', what: 'late', by: 'me' };
  expect(await askFor(dataSource, errand, { begin: 0, end: 0 })).toEqual({ state: 'waiting' });
  let done = false;
  serve({ late: () => Promise.resolve((done = true)), now: () => Promise.resolve() });
  await askFor(dataSource, { ...errand, what: 'now' }, soon);
  expect(done).toBe(false);
});

it('what is under way is left to whoever does it', async () => {
  let finish: () => void = () => undefined;
  const begun = new Promise<void>((resolve) =>
    serve({
      slow: () => {
        resolve();
        return new Promise<void>((end) => (finish = end));
      },
    }),
  );
  const end = askFor(dataSource, { service: 'error-flagger', what: 'slow', by: 'me' }, { begin: 3_000, end: 3_500 });
  await begun;
  expect(await end).toEqual({ state: 'underWay' });
  finish();
});

it('no transaction stands while one is at it; what a process left that died is done by the next', async () => {
  let finish: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    serve({ wait: () => (resolve(), new Promise<void>((end) => (finish = end))) });
  });
  const asked = { service: 'error-flagger', what: 'wait', by: 'me' };
  const first = askFor(dataSource, asked, soon);
  await begun;
  const [row] = await dataSource.query(
    `select count(*)::int as open from pg_stat_activity
     where datname = current_database() and state like 'idle in transaction%'`,
  );
  expect(row.open).toBe(0);
  stopping.splice(0).forEach((each) => each.abort());
  finish();
  expect(await first).toEqual({ state: 'done', result: null });

  const id = '00000000-0000-4000-8000-000000000001';
  await dataSource.query(
    `insert into operations.errand (id, service, what, "by", asked_at, begun_at)
     values ($1, 'error-flagger', 'left', 'me', now(), now() - interval '16 seconds')`,
    [id],
  );
  const done = new Promise<string>((resolve) => serve({ left: (errand) => Promise.resolve(resolve(errand.id)) }));
  expect(await done).toBe(id);
});

it('a database that is away is told of once, and when it is back', async () => {
  const lines: string[] = [];
  const written = jest.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const looks: number[] = [];
  const stop = new AbortController();
  const query = async (): Promise<unknown[]> => {
    looks.push(Date.now());
    if (looks.length <= 2) throw new Error('ECONNREFUSED');
    stop.abort();
    return [];
  };
  await serveErrands({ query } as unknown as DataSource, 'console', {}, stop.signal);
  written.mockRestore();
  expect(looks[2]! - looks[1]!).toBeGreaterThan(1_500);
  const told = lines.filter((line) => line.includes('looked for'));
  expect(told.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn', 'info']);
});
