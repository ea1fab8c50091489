import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateUniversity } from '../../../sandbox/onec/university/generate.js';
import type { University } from '../../../sandbox/onec/university/university.js';
import { postDocument, unpostDocument } from '../documents/posting.js';
import { naive, RegisterModel, systems, type Row } from '../testing/register-model.js';
import { openRegisters, type Registers } from '../testing/registers.js';

/**
 * Random lives of small universities, against a model that holds the registers as plain lists and reads the paper's
 * rules from the sandbox's independent calculation.
 */
let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

const small = fc.nat({ max: 30 });
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('get' as const),
      els: fc.constantFrom(...systems),
      limit: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('flag' as const),
      els: fc.constantFrom(...systems),
      who: fc.array(small, { maxLength: 6 }),
      ahead: fc.integer({ min: -5, max: 60 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('error' as const), els: fc.constantFrom(...systems), who: small }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reoffer' as const), els: fc.constantFrom(...systems), who: small }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 900 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      who: small,
      what: fc.integer({ min: 0, max: 7 }),
      other: small,
      ahead: fc.integer({ min: -3, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      which: small,
      course: fc.integer({ min: 0, max: 5 }),
      lines: fc.array(small, { maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unpost' as const), which: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refresh' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const nth = <T>(items: readonly T[], index: number): T => items[index % items.length] as T;

/** What the university does to its own data. */
function change(
  university: University,
  { who, what, other, ahead }: Extract<Command, { do: 'change' }>,
  ms: number,
): void {
  const { code, individual } = nth(university.students, who);
  const period = naive(ms + ahead * 3_600_000);
  const last = university.statuses.filter((one) => one.student === code).at(-1);
  const status = {
    student: code,
    period,
    status: 'Continues Education',
    group: last?.group ?? null,
    semester: last?.semester ?? 1,
  };
  const group = nth(university.groups, other);
  const plan = nth(university.curricula, other);
  if (what === 0) university.statuses.push({ ...status, status: 'Expelled' });
  if (what === 1) university.statuses.push({ ...status, group: group.code });
  if (what === 2) university.statuses.push({ ...status, semester: other % 3 });
  if (what === 3) university.statuses.push(status);
  if (what === 4 && !university.names.some((one) => one.individual === individual && one.period === period))
    university.names.push({ individual, period, lastname: `Новая${other}`, firstname: 'Вера', middlename: '' });
  if (what === 5) group.profile = group.profile === null ? 'Программная инженерия' : null;
  if (what === 6) plan.template = !plan.template;
  if (what === 7) plan.status = plan.status === 'Approved' ? 'Archived' : 'Approved';
}

async function live(seed: number, students: number, commands: Command[]): Promise<void> {
  const { time, synchronizer, mirror, dataSource, clock } = registers;
  await registers.empty();
  time.now = Date.parse('2025-10-15T12:00:00Z');
  const university = generateUniversity({
    students,
    seed,
    systems,
    courses: 7,
    faulty: 0.3,
    today: new Date(time.now),
  });
  const model = new RegisterModel(university, naive(time.now));
  for (const document of university.toolkit.documents) model.posted.set(document.id, document);
  const documents = [...university.toolkit.documents];
  const known = new Map(systems.map((els) => [els, 0]));
  const seen = new Map<string, Map<string, string>>();
  // What was bound before the first question; a change that is undone again is a change all the same.
  const since = new Map<string, Map<string, string>>();
  const refresh = async () => {
    registers.university.snapshot = structuredClone(university);
    await mirror.refresh();
    model.refresh();
  };
  await refresh();
  for (const els of systems) {
    since.set(els, model.sets(els));
    seen.set(els, model.sets(els));
  }
  for (const one of commands) {
    // The register's key holds the second: a change of its own second keeps documents apart.
    time.now += 1000;
    model.now = naive(time.now);
    if (one.do === 'wait') time.now += one.hours * 3_600_000;
    if (one.do === 'wait') await refresh();
    model.now = naive(time.now);
    if (one.do === 'wait') await refresh();
    if (one.do === 'refresh') await refresh();
    if (one.do === 'change') {
      change(university, one, time.now);
      await refresh();
    }
    if (one.do === 'get') {
      const page = JSON.parse(await synchronizer.getStudents(one.els, one.limit)) as Record<string, unknown>[];
      const expected = model.getStudents(one.els, one.limit);
      expect(page.map(plain)).toEqual(expected.map(([code, value]) => ({ code, ...value })));
    }
    if (one.do === 'flag') {
      const flags = [...new Set(one.who)].map((index) => ({
        code: nth(university.students, index).code,
        period: Math.floor(time.now / 1000) + one.ahead * 86_400 + index,
      }));
      const list = [...flags.map((flag) => `${flag.code}#${flag.period}`), 'нет такого#17'].join(', ');
      const answer = await synchronizer.setCronflag(list, one.els);
      expect(JSON.parse(answer)).toEqual({ refused: [{ pair: 'нет такого#17', reason: 'no such student' }] });
      for (const flag of flags) model.setCronflag(one.els, flag.code, naive(flag.period * 1000));
    }
    if (one.do === 'error') {
      await synchronizer.setErrorCronflag(nth(university.students, one.who).code, one.els);
      model.setErrorCronflag(one.els, nth(university.students, one.who).code);
    }
    if (one.do === 'reoffer') {
      await synchronizer.reoffer(nth(university.students, one.who).code, one.els);
      model.reoffer(one.els, nth(university.students, one.who).code);
    }
    if (one.do === 'post') {
      const like = nth(documents, one.which);
      const lines = [...new Set(one.lines.map((index) => index % like.lines.length))].map((index) => ({
        ...nth(like.lines, index),
        courseId: one.course,
        change: index % 5 !== 4,
      }));
      const number = String(1000 + documents.length);
      const id = `00000000-0000-4000-8000-${number.padStart(12, '0')}`;
      const document = { id, number, date: naive(time.now), author: '', lines };
      documents.push({ ...document, lines: like.lines });
      university.toolkit.documents.push(document);
      await refresh();
      model.posted.set(id, document);
    }
    if (one.do === 'unpost') {
      const document = nth(university.toolkit.documents, one.which);
      const posted = model.posted.delete(document.id);
      await dataSource.transaction((db) => (posted ? unpostDocument : postDocument)(db, clock, document.id));
      if (!posted) model.posted.set(document.id, document);
    }
    for (const els of systems) {
      const changes = JSON.parse(await synchronizer.bindingsSince(els, known.get(els) as number, 1000)) as Change[];
      const before = seen.get(els) as Map<string, string>;
      const after = model.sets(els);
      const moved = movedBetween(before, after);
      const first = since.get(els) as Map<string, string>;
      const wanted = new Set([...movedBetween(new Map(), first), ...moved]);
      since.set(els, new Map());
      const told = changes.map((one) => [JSON.stringify([one.curriculum, one.semester]), JSON.stringify(one.courses)]);
      expect(told.sort()).toEqual([...wanted].map((place) => [place, after.get(place) ?? '[]']).sort());
      const numbers = changes.map((one) => one.sequence);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      if (numbers.length > 0) known.set(els, numbers.at(-1) as number);
      seen.set(els, after);
    }
  }
  const rows: Row[] = await dataSource.query(
    `select s.name as els, student as code, to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, error
       from onec_component.synchronization r join onec_component.systems s on s.code = r.system`,
  );
  expect(rows.map((row) => JSON.stringify(row)).sort()).toEqual(
    model.rows.map(({ els, code, period, error }) => JSON.stringify({ els, code, period, error })).sort(),
  );
}

const movedBetween = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (place) => (before.get(place) ?? '[]') !== (after.get(place) ?? '[]'),
  );

interface Change {
  curriculum: string;
  semester: number;
  courses: number[];
  sequence: number;
}

function plain(element: Record<string, unknown>) {
  if (typeof element.error === 'string')
    return { code: /Код студента: (\S+)$/.exec(element.error)?.[1], kind: 'fault', fault: element.error.split(':')[0] };
  const { code, individual, lastname, firstname, middlename, group, semester, curriculum, courses } = element;
  return { code, kind: 'student', individual, lastname, firstname, middlename, group, semester, curriculum, courses };
}

test('registers, pages and numbers of bindings are what the model says, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 1, max: 14 }),
      fc.array(command, { maxLength: 25, size: 'max' }),
      live,
    ),
    { numRuns: process.env.ITK_MODEL_RUNS ? Number(process.env.ITK_MODEL_RUNS) : 8, endOnFailure: false },
  );
}, 300_000);
