import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { ToldBook } from '#reporting';
import { UnreachableError } from '#synchronizer';
import { ScriptedOnec } from '#synchronizer/testing';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import { schema } from './ledger/schema.js';
import { Reporter } from './reporter.js';
import type { OutcomeReport } from './rules/request.js';

let database: TestDatabase;
let dataSource: DataSource;
let onec: ScriptedOnec;
let reporter: Reporter;
let now = 1_750_000_000_500;
let systems = 0;
let system: { id: string; els: string };

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});
beforeEach(() => {
  onec = new ScriptedOnec();
  reporter = new Reporter(new ToldBook(dataSource), () => now);
  system = { id: `s${++systems}`, els: 'Moodle' };
});

const success = (code: string, revision: number, validUntil = 2_000_000_000): OutcomeReport => ({
  code,
  revision,
  told: 'synchronized',
  validUntil,
});
const later = (code: string, revision: number): OutcomeReport => ({ code, revision, told: 'later' });
const report = (...reports: OutcomeReport[]) => reporter.report(system, onec, reports);

it('the migrated schema is what the entities say', async () => {
  expect(await schemaDrift(dataSource)).toEqual([]);
});

it('tells successes with the event’s own period and later from the moment of the call, in one call', async () => {
  const answers = await report(success('001', 10), later('002', 10));
  expect(onec.calls).toEqual([2]);
  expect(onec.flags).toEqual(
    new Map([
      ['001', 2_000_000_000],
      ['002', 1_750_000_000 + 3600],
    ]),
  );
  expect(answers).toEqual([
    { state: 'told', told: 'synchronized', validUntil: 2_000_000_000 },
    { state: 'told', told: 'later', validUntil: 1_750_003_600 },
  ]);
});

it('a message that comes again costs no call and is answered as before', async () => {
  const first = await report(success('1', 10), later('2', 10));
  now += 5_000;
  expect(await report(success('1', 10), later('2', 10))).toEqual(first);
  expect(onec.calls).toEqual([2]);
});

it('sends nothing older than what was told; of one revision success wins', async () => {
  await report(success('1', 10));
  expect(await report(success('1', 9, 3), later('1', 10), later('1', 9))).toEqual(
    Array(3).fill({ state: 'superseded' }),
  );
  await report(later('2', 10));
  await report(success('2', 10, 77));
  expect(onec.flags.get('1')).toBe(2_000_000_000);
  expect(onec.flags.get('2')).toBe(77);
});

it('doubles later from call to call, and begins anew after a success', async () => {
  const hours: number[] = [];
  for (let revision = 1; revision <= 6; revision++) {
    await report(later('1', revision));
    hours.push((onec.flags.get('1')! - Math.floor(now / 1000)) / 3600);
  }
  expect(hours).toEqual([1, 2, 4, 8, 16, 24]);
  await report(success('1', 7));
  await report(later('1', 8));
  expect((onec.flags.get('1')! - Math.floor(now / 1000)) / 3600).toBe(1);
});

it('doubles what error-flagger has said, too: later is one row in 1C, whoever tells it', async () => {
  await new ToldBook(dataSource).record(system.id, [{ code: '1', revision: 1, told: 'later', laterHours: 8 }]);
  await report(later('1', 2));
  expect((onec.flags.get('1')! - Math.floor(now / 1000)) / 3600).toBe(16);
  await new ToldBook(dataSource).record(system.id, [{ code: '1', revision: 3, told: 'error' }]);
  await report(later('1', 4));
  expect((onec.flags.get('1')! - Math.floor(now / 1000)) / 3600).toBe(1);
});

it('one whom 1C refuses stops nobody, and 1C being away changes nothing', async () => {
  const reports = Array.from({ length: 100 }, (_, index) => success(`${index}`, 10));
  onec.poison.add('42');
  onec.unknown.add('17');
  const answers = await report(...reports);
  expect(answers.filter(({ state }) => state === 'refused')).toHaveLength(2);
  expect(answers[42]).toMatchObject({ state: 'refused', failure: { kind: 'temporary', cause: 'onec-fault' } });
  expect(answers[17]).toMatchObject({ state: 'refused', failure: { kind: 'unexplained', cause: 'onec-pair-refused' } });
  expect(onec.flags.size).toBe(98);

  onec.script.push(new UnreachableError('ECONNREFUSED'));
  await expect(report(later('x', 10), later('y', 10))).rejects.toThrow(UnreachableError);
  // Nothing was told: the step is not taken twice.
  await report(later('x', 10));
  expect((onec.flags.get('x')! - Math.floor(now / 1000)) / 3600).toBe(1);
});

it('200 students are one call', async () => {
  await report(...Array.from({ length: 200 }, (_, index) => success(`${index}`, 1)));
  expect(onec.calls).toEqual([200]);
});
