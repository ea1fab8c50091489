import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { curriculum, group, handmadeUniversity, inMoscow } from '../testing/handmade-university.js';
import { openRegisters, type Registers } from '../testing/registers.js';
import { cancelPosting, foreseeCancelling, foreseePosting, markDocument, postDraft } from './desk-posting.js';
import { copyDocument, createDraft, discardDraft, saveDraft, type DraftContent, type DraftLine } from './drafts.js';
import { readDocument, readHead } from './store.js';

let registers: Registers;
const university = handmadeUniversity(() => registers);
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

const ivanov = { login: 'ivanov', author: 'Иванов И. И.' };
const petrov = { login: 'petrov', author: 'Петров П. П.' };
const planLine = (discipline: string, semester = 3) => ({
  ...{ disciplineKind: 'Discipline' as const, discipline, semester, department: '801' },
});
beforeEach(async () => {
  await university.begin();
  university.made.curricula.length = 0;
  university.made.curricula.push(
    curriculum('план', { lines: [planLine('д1'), planLine('д2'), planLine('д1', 5)] }),
    curriculum('другой', { year: 2023, lines: [planLine('д1')] }),
  );
  university.made.disciplines.push({ kind: 'Discipline', code: 'д1', name: 'Физика' });
  university.made.groups.push(group('г2'), group('г3', { year: 2023 }));
  await university.fill();
});

const db = (): EntityManager => registers.dataSource.manager;
const run = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => registers.dataSource.transaction(work);
const line = (discipline: string, courseId: number, more: Partial<DraftLine> = {}): DraftLine => ({
  ...{ curriculum: 'план', ...planLine(discipline), courseId, change: true, several: false, shown: null },
  ...more,
});
const content = (lines: DraftLine[], more: Partial<DraftContent> = {}): DraftContent => ({
  ...{ system: '1', comment: '', date: null, display: 'all' as const, lines },
  ...more,
});
const create = (lines: DraftLine[], more: Partial<DraftContent> = {}, who = ivanov) =>
  run((manager) => createDraft(manager, registers.clock, who, content(lines, more)));
const post = (id: string, version: number, accept = '', who = ivanov) =>
  run((manager) => postDraft(manager, registers.clock, who, id, { version, accept }));
const foresee = (id: string) => foreseePosting(db(), registers.clock, id);

describe('numbers', () => {
  test('are padded with zeros, begin anew with the year, and are nobody else’s', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => create([])));
    expect(made.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: 8 }, (_, index) => `00000000${index + 1}`),
    );
    expect((await create([], { date: '2024-12-31T23:59:59' })).number).toBe('000000001');
  });

  test('follow a date that goes into another year', async () => {
    const made = await create([]);
    const saved = await run((manager) =>
      saveDraft(manager, registers.clock, ivanov, made.id, 1, content([], { date: '2024-12-31T00:00:00' })),
    );
    expect([saved.number, saved.date]).toEqual(['000000001', '2024-12-31T00:00:00']);
  });
});

test('a draft stands on the server with all that was entered', async () => {
  const shown = { course: 3, period: '2025-01-01T00:00:00' };
  const lines = [line('д1', 5, { shown }), line('д2', 0, { change: false, several: true })];
  const { id } = await create(lines, { comment: 'осень', display: 'empty' });
  expect((await readDocument(db(), id)).lines).toEqual(lines.map((one) => ({ ...one, system: '1' })));
  expect(await readHead(db(), id)).toMatchObject({ comment: 'осень', display: 'empty', system: '1', posted: false });
});

describe('posting', () => {
  test('is of this moment, keeps who did it, and 1C’s reader sees it at once', async () => {
    const { id } = await create([line('д1', 5)]);
    registers.time.now += 61_000;
    const posted = await post(id, 1, '', petrov);
    expect(posted).toMatchObject({ date: '2025-10-15T15:01:01', posted: true, author: 'Петров П. П.', version: 2 });
    expect(JSON.parse(await registers.synchronizer.bindingsSince('LMS', 0, 10))).toMatchObject([{ courses: [5] }]);
  });

  test('is of the day set by hand', async () => {
    const { id } = await create([line('д1', 5)], { date: '2025-09-01T08:00:00' });
    expect(await post(id, 1)).toMatchObject({ date: '2025-09-01T08:00:00' });
  });

  test('of two people at one document one is told', async () => {
    const { id } = await create([line('д1', 5)]);
    const results = await Promise.allSettled([post(id, 1), post(id, 1, '', petrov)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ kind: 'version', details: { version: 2 } });
  });

  test('names the binding that another document of this second moves', async () => {
    const date = '2025-10-01T10:00:00';
    const first = await create([line('д1', 5)], { date });
    await post(first.id, 1);
    const second = await create([line('д2', 6), line('д1', 6)], { date });
    const text = `Строка 2 «Физика»: документ ${first.number} (Иванов И. И.)`;
    await expect(post(second.id, 1)).rejects.toMatchObject({ kind: 'faults', message: expect.stringContaining(text) });
    expect((await foresee(second.id)).faults).toMatchObject([{ line: 2 }]);
  });

  test('takes no line that neither a curriculum nor the register has, and no document without changes', async () => {
    const unknown = await create([line('д9', 5)]);
    await expect(post(unknown.id, 1)).rejects.toMatchObject({ details: { faults: [{ line: 1 }] } });
    const idle = await create([line('д1', 5, { change: false })]);
    await expect(post(idle.id, 1)).rejects.toMatchObject({ kind: 'faults' });
  });

  test('asks before it takes back somebody’s later work, and only that work', async () => {
    const mine = await create([line('д1', 5)]);
    const theirs = await create([line('д1', 7)], {}, petrov);
    registers.time.now += 1000;
    await post(theirs.id, 1, '', petrov);
    registers.time.now += 1000;
    const refused = (await post(mine.id, 1).catch((error: unknown) => error)) as { details: { accept: string } };
    expect(refused).toMatchObject({
      kind: 'ask',
      details: { moved: [{ line: 1, newer: false, changed: true, now: { course: 7, author: 'Петров П. П.' } }] },
    });
    const again = await create([line('д1', 8)], {}, petrov);
    await post(again.id, 1, (await foresee(again.id)).accept, petrov);
    registers.time.now += 1000;
    await expect(post(mine.id, 1, refused.details.accept)).rejects.toMatchObject({ kind: 'ask' });
    expect(await post(mine.id, 1, (await foresee(mine.id)).accept)).toMatchObject({ posted: true });
  });

  test('asks before it is without effect', async () => {
    const newer = await create([line('д1', 5)]);
    await post(newer.id, 1);
    const shown = { course: 5, period: inMoscow };
    const older = await create([line('д1', 6, { shown })], { date: '2025-10-01T00:00:00' });
    expect((await foresee(older.id)).moved).toMatchObject([{ line: 1, newer: true, changed: false }]);
    await expect(post(older.id, 1)).rejects.toMatchObject({ kind: 'ask' });
  });
});

describe('whom a posting touches', () => {
  beforeEach(async () => {
    university.student('1');
    university.student('2', [{ group: 'г2' }]);
    university.student('3', [{ group: 'г2', semester: 5 }]);
    university.student('4', [{}, { period: '2025-10-01T00:00:00', status: 'Expelled' }]);
    university.student('5', [{ group: 'г3' }]);
    university.student('6', [{}], []);
    await university.fill();
  });

  test('is those in the semesters whose courses become others, by group', async () => {
    const { id } = await create([line('д1', 5), line('д2', 0)]);
    expect(await foresee(id)).toMatchObject({
      students: 2,
      groups: [
        { group: 'г1', semester: 3, students: 1 },
        { group: 'г2', semester: 3, students: 1 },
      ],
    });
    await post(id, 1);
    expect(await foreseeCancelling(db(), registers.clock, id)).toMatchObject({ students: 2 });
  });

  test('is nobody when the set of courses stays', async () => {
    const first = await create([line('д1', 5)]);
    await post(first.id, 1);
    registers.time.now += 1000;
    const { id } = await create([line('д2', 5)]);
    expect(await foresee(id)).toMatchObject({ students: 0, groups: [] });
  });
});

test('cancelling, marking and discarding', async () => {
  const { id, number } = await create([line('д1', 5)]);
  await post(id, 1);
  await expect(run((manager) => discardDraft(manager, id, 2))).rejects.toMatchObject({ kind: 'state' });
  const cancelled = await run((manager) => cancelPosting(manager, registers.clock, petrov, id, 2));
  expect(cancelled).toMatchObject({ posted: false, version: 3, author: 'Иванов И. И.', writtenBy: 'petrov' });
  await expect(run((manager) => discardDraft(manager, id, 3))).rejects.toThrow('уже проводился');
  await post(id, 3);
  const marked = await run((manager) =>
    markDocument(manager, registers.clock, petrov, id, { version: 4, marked: true, mayCancel: true }),
  );
  expect(marked).toMatchObject({ posted: false, marked: true });
  expect(JSON.parse(await registers.synchronizer.bindingsSince('LMS', 0, 10))).toMatchObject([{ courses: [] }]);
  await expect(post(id, 5)).rejects.toThrow(`Документ ${number} помечен на удаление`);
  const fresh = await create([]);
  await run((manager) => discardDraft(manager, fresh.id, 1));
  await expect(readHead(db(), fresh.id)).rejects.toMatchObject({ kind: 'no-such' });
});

test('a copy has the lines, a number of its own, and what the register holds now', async () => {
  const first = await create([line('д1', 5)], { comment: 'осень' });
  await post(first.id, 1);
  const copy = await run((manager) => copyDocument(manager, registers.clock, petrov, first.id));
  expect(copy).toMatchObject({
    number: '000000002',
    posted: false,
    version: 1,
    author: 'Петров П. П.',
    comment: 'осень',
  });
  expect((await readDocument(db(), copy.id)).lines).toMatchObject([
    { discipline: 'д1', courseId: 5, shown: { course: 5, period: inMoscow } },
  ]);
});
