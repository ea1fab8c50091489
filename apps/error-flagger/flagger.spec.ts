import type { DataSource } from 'typeorm';
import { both, nothingDone, type CloudEvent, type SynchronizationFailed } from '#contracts';
import { createDataSource, migrate, ToldBook } from '#persistence';
import { alarmStands } from '#platform';
import { EveryoneRefusedError, UnreachableError } from '#synchronizer';
import { createTestDatabase, schemaDrift, type TestDatabase } from '#persistence/testing';
import { ScriptedOnec } from '../../libs/synchronizer/testing/scripted-onec.js';
import { errorFlagsPerHour } from './allowance.js';
import { FlagRow, HeldRow } from './entities.js';
import { Flagger, type FlaggedSystem } from './flagger.js';
import { meaningOf, type FlaggerWord } from './meaning.js';
import { migrations } from './migrations.js';
import { release } from './release.js';

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
  dataSource = createDataSource({
    url: database.url,
    schema: 'error_flagger',
    entities: [FlagRow, HeldRow],
    migrations,
  });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});
beforeEach(() => {
  onec = new ScriptedOnec();
  flagger = new Flagger(dataSource, () => now);
  book = new ToldBook(dataSource);
  system = { id: `f${++systems}`, els: 'Moodle', synchronizer: { setErrorCronflag: 'auto' } };
});

const word = (code: string, revision = 10): FlaggerWord => ({ code, revision, told: 'error' });
const words = (number: number, revision = 10) =>
  Array.from({ length: number }, (_, index) => word(String(index).padStart(4, '0'), revision));
const flag = (...given: FlaggerWord[]) => flagger.flag(system, onec, given);
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

it('takes of failures what concerns it', () => {
  const failure: SynchronizationFailed = {
    system: 'lms',
    origin: 'onec',
    code: '1',
    revision: 5,
    stage: 'user-provisioner',
    kind: 'student',
    cause: 'x',
    reason: both('x', 'x'),
    counts: nothingDone,
    flaggedBy1C: false,
  };
  expect(meaningOf(failure).is).toBe('flag');
  expect(meaningOf({ ...failure, flaggedBy1C: true }).is).toBe('flaggedBy1C');
  expect(meaningOf({ ...failure, kind: 'course' }).is).toBe('notOurs');
  expect(meaningOf({ ...failure, origin: 'ims' }).is).toBe('notOurs');
});

it('the hour’s limit is 20, or 2 % of a large system', () => {
  expect([0, 999, 1000, 1049, 1050, 20_000].map(errorFlagsPerHour)).toEqual([20, 20, 20, 20, 21, 400]);
});

it('sets Error flags, and a message that comes again sets none', async () => {
  expect(await flag(word('1'), word('2'))).toEqual(Array(2).fill({ is: 'told', told: 'error' }));
  expect(await flag(word('1'))).toEqual([{ is: 'told', told: 'error' }]);
  expect([...onec.errors]).toEqual(['1', '2']);
  expect(onec.errorCalls).toBe(2);
});

it('flags no student of whom 1C has heard something newer', async () => {
  await book.record(system.id, [
    { code: '1', revision: 11, told: 'synchronized' },
    { code: '2', revision: 10, told: 'synchronized' },
    { code: '3', revision: 10, told: 'later' },
  ]);
  const answers = await flag(word('1'), word('2'), word('3'));
  expect(answers.map(({ is }) => is)).toEqual(['superseded', 'superseded', 'told']);
  expect([...onec.errors]).toEqual(['3']);
});

it('beyond the limit 1C hears later, with an alarm; the next hour has its own allowance', async () => {
  const answers = await flag(...words(25));
  expect(answers.slice(0, 20)).toEqual(Array(20).fill({ is: 'told', told: 'error' }));
  expect(answers.slice(20)).toEqual(Array(5).fill({ is: 'told', told: 'later', validUntil: now / 1000 + 3600 }));
  expect(onec.errors.size).toBe(20);
  expect(alarmStands('error-flags-held', system.id)).toBe(true);
  expect(await toldByStatus()).toEqual([expect.stringMatching(/held back: \d+\./)]);
  // Once more within the hour, as a new revision: still none left, and later lasts longer.
  expect(await flag(word('0020', 11))).toEqual([{ is: 'told', told: 'later', validUntil: now / 1000 + 7200 }]);
  now += hour + 1;
  const next = await flag(...words(25, 12).slice(20));
  expect(next).toEqual(Array(5).fill({ is: 'told', told: 'error' }));
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
  await flag(...words(60));
  expect(onec.errors.size).toBe(40);
});

it('the limit holds over deaths: what was noted before the call counts', async () => {
  onec.script.push(new UnreachableError('ECONNRESET'));
  await expect(flag(...words(20))).rejects.toThrow(UnreachableError);
  // The same messages again, in the allowance they had; a stranger finds none left.
  expect(await flag(word('stranger'))).toMatchObject([{ told: 'later' }]);
  expect(await flag(...words(20))).toEqual(Array(20).fill({ is: 'told', told: 'error' }));
  expect(onec.errors.size).toBe(20);
});

it('a release flags those whose newest outcome is still that failure, above the limit, and reports them', async () => {
  await flag(...words(26));
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
  await flag(...words(21));
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
  expect(await flag(word('1'), word('2'))).toEqual(
    Array(2).fill({ is: 'told', told: 'later', validUntil: Math.floor(now / 1000) + 3600 }),
  );
  expect(onec.errorCalls).toBe(0);
  expect(alarmStands('error-flags-held', system.id)).toBe(false);
  expect(await toldByStatus()).toEqual([]);
  system.synchronizer.setErrorCronflag = 'no';
  onec.names.push('SetErrorCronflag');
  expect(await flag(word('3'))).toMatchObject([{ told: 'later' }]);
});

it('the operation that vanished under way is found out by the call', async () => {
  await flag(word('1'));
  onec.names = ['GetStudents', 'SetCronflag'];
  expect(await flag(word('2'))).toMatchObject([{ told: 'later' }]);
  system.synchronizer.setErrorCronflag = 'yes';
  await expect(flag(word('3'))).rejects.toMatchObject({ failure: { kind: 'configuration' } });
});

it('one whom 1C refuses stops nobody; 1C refusing everybody is a wrong setting', async () => {
  onec.poison.add('0001');
  const answers = await flag(...words(6));
  expect(answers.map(({ is }) => is)).toEqual(['told', 'refused', 'told', 'told', 'told', 'told']);
  for (const { code } of words(12)) onec.poison.add(code);
  await expect(flag(...words(12, 11))).rejects.toThrow(EveryoneRefusedError);
});

it('what 1C flagged itself is noted, so that no older outcome is told after it', async () => {
  await flagger.noteFlaggedBy1C(system, onec, [word('1', 20)]);
  expect(onec.errorCalls).toBe(0);
  expect(await book.heard(system.id, ['1'])).toEqual(new Map([['1', { revision: 20, told: 'error' }]]));
});
