import type { DataSource } from 'typeorm';
import { both, eventTypes, makeEvent, nothingDone, type CloudEvent } from '#contracts';
import type { BatchContext, Delivery } from '#messaging';
import { createDataSource, migrate } from '#persistence';
import { alarmStands } from '#platform/testing';
import { EveryoneRefusedError, ToldBook } from '#reporting';
import { UnreachableError, type SynchronizerClients } from '#synchronizer';
import { ScriptedOnec } from '#synchronizer/testing';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import { Flagger, type FlaggedSystem } from './flagger.js';
import { schema } from './ledger/schema.js';
import { release } from './release.js';
import type { FlagReport } from './rules/request.js';
import { SynchronizationFailedHandler } from './synchronization-failed.handler.js';

let database: TestDatabase;
let dataSource: DataSource;
let onec: ScriptedOnec;
let flagger: Flagger;
let book: ToldBook;
let now = 1_750_000_000_000;
let systems = 0;
let system: FlaggedSystem;
const hour = 3_600_000;

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
  book = new ToldBook(dataSource);
  flagger = new Flagger(dataSource, book, () => now);
  system = { id: `f${++systems}`, els: 'Moodle', synchronizer: { setErrorCronflag: 'auto' } };
});

const failure = (code: string, revision = 10): FlagReport => ({ code, revision, told: 'error' });
const failures = (number: number, revision = 10) =>
  Array.from({ length: number }, (_, index) => failure(String(index).padStart(4, '0'), revision));
const flag = (...given: FlagReport[]) => flagger.flag(system, onec, given);
const toldByStatus = async (): Promise<string[]> =>
  (
    (await dataSource.query('select what from operations.trouble where system = $1', [system.id])) as {
      what: { en: string };
    }[]
  ).map(({ what }) => what.en);
const doRelease = async () => {
  const events: CloudEvent[] = [];
  const result = await release(system, onec, dataSource, {
    publishAll: (published) => Promise.resolve(void events.push(...published)),
  });
  return { ...result, events };
};

it('the migrated schema is what the entities say', async () => {
  expect(await schemaDrift(dataSource)).toEqual([]);
});

it('sets Error flags, and a message that comes again sets none', async () => {
  expect(await flag(failure('1'), failure('2'))).toEqual(Array(2).fill({ state: 'told', told: 'error' }));
  expect(await flag(failure('1'))).toEqual([{ state: 'told', told: 'error' }]);
  expect([...onec.errors]).toEqual(['1', '2']);
  expect(onec.errorCalls).toBe(2);
});

it('flags no student of whom 1C has heard something newer', async () => {
  await book.record(system.id, [
    { code: '1', revision: 11, told: 'synchronized' },
    { code: '2', revision: 10, told: 'synchronized' },
    { code: '3', revision: 10, told: 'later' },
  ]);
  const answers = await flag(failure('1'), failure('2'), failure('3'));
  expect(answers.map(({ state }) => state)).toEqual(['superseded', 'superseded', 'told']);
  expect([...onec.errors]).toEqual(['3']);
});

it('beyond the limit 1C hears later, with an alarm; the next hour has its own allowance', async () => {
  const answers = await flag(...failures(25));
  expect(answers.slice(0, 20)).toEqual(Array(20).fill({ state: 'told', told: 'error' }));
  expect(answers.slice(20)).toEqual(Array(5).fill({ state: 'told', told: 'later', validUntil: now / 1000 + 3600 }));
  expect(onec.errors.size).toBe(20);
  expect(alarmStands('error-flags-held', system.id)).toBe(true);
  expect(await toldByStatus()).toEqual([expect.stringMatching(/held back: \d+\./)]);
  // Once more within the hour, as a new revision: still none left, and later lasts longer.
  expect(await flag(failure('0020', 11))).toEqual([{ state: 'told', told: 'later', validUntil: now / 1000 + 7200 }]);
  now += hour + 1;
  const next = await flag(...failures(25, 12).slice(20));
  expect(next).toEqual(Array(5).fill({ state: 'told', told: 'error' }));
  expect(alarmStands('error-flags-held', system.id)).toBe(false);
  expect(await toldByStatus()).toEqual([]);
});

it('a large system may flag 2 % of the students of whom 1C was ever told', async () => {
  await book.record(
    system.id,
    Array.from({ length: 2_000 }, (_, index) => ({
      code: `known${index}`,
      revision: 1,
      told: 'synchronized' as const,
    })),
  );
  await flag(...failures(60));
  expect(onec.errors.size).toBe(40);
});

it('the limit holds over deaths: what was noted before the call counts', async () => {
  onec.script.push(new UnreachableError('ECONNRESET'));
  await expect(flag(...failures(20))).rejects.toThrow(UnreachableError);
  // The same messages again, in the allowance they had; a stranger finds none left.
  expect(await flag(failure('stranger'))).toMatchObject([{ told: 'later' }]);
  expect(await flag(...failures(20))).toEqual(Array(20).fill({ state: 'told', told: 'error' }));
  expect(onec.errors.size).toBe(20);
});

it('a release flags those whose newest outcome is still that failure, above the limit, and reports them', async () => {
  await flag(...failures(26));
  await book.record(system.id, [
    { code: '0020', revision: 11, told: 'synchronized' },
    { code: '0021', revision: 11, told: 'later' },
  ]);
  onec.poison.add('0022');
  const first = await doRelease();
  expect(first).toMatchObject({ flagged: 3, overtaken: 2, refused: [{ code: '0022' }] });
  expect([...onec.errors].slice(20)).toEqual(['0023', '0024', '0025']);
  expect(first.events.map(({ subject, data }) => [subject, (data as { told: string }).told])).toEqual([
    ['0023', 'error'],
    ['0024', 'error'],
    ['0025', 'error'],
  ]);
  expect(alarmStands('error-flags-held', system.id)).toBe(true);
  expect(await toldByStatus()).toEqual([expect.stringMatching(/held back: \d+\./)]);
  onec.poison.clear();
  expect(await doRelease()).toMatchObject({ flagged: 1, overtaken: 0, refused: [] });
  expect(alarmStands('error-flags-held', system.id)).toBe(false);
  expect(await toldByStatus()).toEqual([]);
  expect(await doRelease()).toMatchObject({ flagged: 0, overtaken: 0 });
});

it('a release whose report did not get out reports at the next one, and holds no lock while it waits', async () => {
  await flag(...failures(21));
  let inside = false;
  const watched: Parameters<typeof release>[1] = {
    run: (work) => ((inside = true), onec.run(work).finally(() => (inside = false))),
  };
  const away = release(system, watched, dataSource, {
    publishAll: () => (expect(inside).toBe(false), Promise.reject(new Error('the broker is away'))),
  });
  await expect(away).rejects.toThrow('the broker is away');
  expect(onec.errors.size).toBe(21);
  const again = await doRelease();
  expect(again).toMatchObject({ flagged: 1, overtaken: 0 });
  expect(again.events).toMatchObject([{ subject: '0020', data: { told: 'error' } }]);
  expect(onec.errorCalls).toBe(21);
});

it('a 1C without SetErrorCronflag hears later, without an alarm', async () => {
  onec.names = ['GetStudents', 'SetCronflag'];
  expect(await flag(failure('1'), failure('2'))).toEqual(
    Array(2).fill({ state: 'told', told: 'later', validUntil: Math.floor(now / 1000) + 3600 }),
  );
  expect(onec.errorCalls).toBe(0);
  expect(alarmStands('error-flags-held', system.id)).toBe(false);
  expect(await toldByStatus()).toEqual([]);
  system.synchronizer.setErrorCronflag = 'no';
  onec.names.push('SetErrorCronflag');
  expect(await flag(failure('3'))).toMatchObject([{ told: 'later' }]);
});

it('the operation that vanished under way is found out by the call', async () => {
  await flag(failure('1'));
  onec.names = ['GetStudents', 'SetCronflag'];
  expect(await flag(failure('2'))).toMatchObject([{ told: 'later' }]);
  system.synchronizer.setErrorCronflag = 'yes';
  await expect(flag(failure('3'))).rejects.toMatchObject({ failure: { kind: 'configuration' } });
});

it('one whom 1C refuses stops nobody; 1C refusing everybody is a wrong setting', async () => {
  onec.poison.add('0001');
  const answers = await flag(...failures(6));
  expect(answers.map(({ state }) => state)).toEqual(['told', 'refused', 'told', 'told', 'told', 'told']);
  for (const { code } of failures(12)) onec.poison.add(code);
  await expect(flag(...failures(12, 11))).rejects.toThrow(EveryoneRefusedError);
});

it('what 1C flagged itself is noted, so that no older outcome is told after it, and frees the place', async () => {
  const clients = { find: () => ({ system, client: onec }) } as unknown as SynchronizerClients;
  const handler = new SynchronizationFailedHandler(flagger, clients, book);
  const event = makeEvent(
    eventTypes.SynchronizationFailed,
    {
      ...{ system: system.id, origin: 'onec', code: '1', revision: 20, stage: 'onec-poller', kind: 'student' },
      ...{ cause: 'x', reason: both('x', 'x'), counts: nothingDone, flaggedBy1C: true },
    },
    { service: 'x' },
  );
  const delivery = { event, system: system.id } as Delivery;
  const answers = await handler.handle([delivery], { system: system.id } as BatchContext);
  expect(onec.errorCalls).toBe(0);
  expect(await book.lastTold(system.id, ['1'])).toEqual(new Map([['1', { revision: 20, told: 'error' }]]));
  expect(answers.get(delivery)).toMatchObject({
    kind: 'done',
    follow: [{ type: 'itk.student.reported.v1', data: { code: '1', revision: 20, told: 'nothing' } }],
  });
});
