import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { BindingModel, type ModelDocument, type Outcome } from '../testing/binding-model.js';
import { naive } from '../testing/register-model.js';
import { openRegisters, type Registers } from '../testing/registers.js';
import { cancelPosting, foreseePosting, markDocument, postDraft } from './desk-posting.js';
import { copyDocument, createDraft, discardDraft, saveDraft, type DraftLine } from './drafts.js';
import { Refusal } from '../refusal.js';

/** Random work of several people at the desk, against a model in which the register is what posted documents say. */
let registers: Registers;
beforeAll(async () => {
  registers = await openRegisters();
});
afterAll(() => registers.close());

const who = { login: 'ivanov', author: 'Иванов И. И.' };
const keys = ['д1 1', 'д1 2', 'д2 1', 'д3 1'];
const line = fc.record({ key: fc.constantFrom(...keys), course: fc.nat({ max: 3 }), change: fc.boolean() });
const lines = fc.uniqueArray(line, { selector: (one) => one.key, maxLength: 4 });
const which = fc.nat({ max: 20 });
/** Mostly the version that the person has seen is the newest. */
const stale = fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
/** Seconds from now to the date set by hand; null: none is set. */
const ahead = fc.option(fc.integer({ min: -6, max: 2 }), { nil: null });
const one = <T extends string, R extends object>(
  name: T,
  weight: number,
  more: { [P in keyof R]: fc.Arbitrary<R[P]> },
) => ({
  weight,
  arbitrary: fc.record({ name: fc.constant(name), ...more }) as fc.Arbitrary<{ name: T } & R>,
});
const command = fc.oneof(
  one('create', 5, { lines, ahead }),
  one('edit', 4, { which, stale, lines, ahead }),
  one('post', 9, { which, stale, accepts: fc.boolean() }),
  one('cancel', 4, { which, stale }),
  one('mark', 2, { which, stale, marked: fc.boolean() }),
  one('discard', 1, { which, stale }),
  one('copy', 2, { which }),
  one('wait', 4, { seconds: fc.nat({ max: 3 }) }),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const draftLine = (made: ModelDocument['lines'][number]): DraftLine => {
  const [discipline, semester] = made.key.split(' ') as [string, string];
  return {
    ...{ curriculum: 'план', department: '801', disciplineKind: 'Discipline' as const },
    ...{ discipline, semester: Number(semester), several: false },
    ...{ courseId: made.course, change: made.change, shown: made.shown },
  };
};
const content = ({ lines, date, byHand }: ModelDocument) => ({
  ...{ system: '1', comment: '', display: null },
  ...{ date: byHand ? date : null, lines: lines.map(draftLine) },
});

async function work(commands: Command[]): Promise<void> {
  const { dataSource, clock, time } = registers;
  await registers.empty();
  time.now = Date.parse('2025-10-15T12:00:00Z');
  await dataSource.query(`insert into onec_component.systems values ('1', 'LMS', '')`);
  await dataSource.query(
    `insert into onec_component.curriculum_lines select 'план', 'Discipline', d, s, '801'
       from unnest('{д1,д2,д3}'::text[]) d, generate_series(1, 2) s`,
  );
  const model = new BindingModel();
  const ids = new Map<ModelDocument, string>();
  const attempt = (action: (db: EntityManager) => Promise<unknown>): Promise<Outcome> =>
    dataSource.transaction(action).then(
      () => 'done',
      (error: unknown) => {
        if (error instanceof Refusal) return error.kind;
        throw error;
      },
    );
  const accepted = async (id: string) => (await foreseePosting(dataSource.manager, clock, id)).accept;
  for (const asked of commands) {
    if (asked.name === 'wait') time.now += asked.seconds * 1000;
    model.time = time.now;
    const dateOf = (ahead: number | null): string | null => (ahead === null ? null : naive(time.now + ahead * 1000));
    if (asked.name === 'create') {
      const date = dateOf(asked.ahead);
      const made = model.create(asked.lines, date);
      ids.set(made, (await dataSource.transaction((db) => createDraft(db, clock, who, content(made)))).id);
    }
    const document = 'which' in asked ? model.documents[asked.which % (model.documents.length || 1)] : undefined;
    const id = document && (ids.get(document) as string);
    if (document && id && asked.name === 'copy') {
      const copy = model.create(document.lines, null);
      ids.set(copy, (await dataSource.transaction((db) => copyDocument(db, clock, who, id))).id);
    } else if (document && id && 'stale' in asked) {
      const version = document.version - (asked.stale ? 1 : 0);
      if (asked.name === 'post') {
        const accept = asked.accepts ? await accepted(id) : '';
        const outcome = await attempt((db) => postDraft(db, clock, who, id, { version, accept }));
        expect(outcome).toBe(model.post(document, version, asked.accepts));
      }
      if (asked.name === 'edit') {
        const slice = model.slice();
        const lines = asked.lines.map((made) => ({ ...made, shown: slice.get(made.key) ?? null }));
        const date = dateOf(asked.ahead);
        const edited = { ...document, lines, date: date ?? '', byHand: date !== null };
        const outcome = await attempt((db) => saveDraft(db, clock, who, id, version, content(edited)));
        expect(outcome).toBe(model.edit(document, version, { lines, date }));
      }
      if (asked.name === 'cancel')
        expect(await attempt((db) => cancelPosting(db, clock, who, id, version))).toBe(model.cancel(document, version));
      if (asked.name === 'mark')
        expect(
          await attempt((db) => markDocument(db, clock, who, id, { version, marked: asked.marked, mayCancel: true })),
        ).toBe(model.mark(document, version, asked.marked));
      if (asked.name === 'discard')
        expect(await attempt((db) => discardDraft(db, id, version))).toBe(model.discard(document, version));
    }
    for (const one of model.documents)
      if (!one.posted) {
        const { moved } = await foreseePosting(dataSource.manager, clock, ids.get(one) as string);
        expect(moved.map(({ line: number }) => number)).toEqual(model.moved(one));
      }
    await expectSlice(model);
  }
}

async function expectSlice(model: BindingModel): Promise<void> {
  const rows: { key: string; period: string; course: number }[] = await registers.dataSource.query(
    `select distinct on (discipline, semester) discipline || ' ' || semester as key, course_id as course,
            to_char(period, 'YYYY-MM-DD"T"HH24:MI:SS') as period
       from onec_component.academic_course_bindings order by discipline, semester, period desc`,
  );
  const slice = new Map(rows.map(({ key, period, course }) => [key, { period, course }]));
  expect(slice).toEqual(model.slice());
  const told = JSON.parse(await registers.synchronizer.bindingsSince('LMS', 0, 100)) as {
    semester: number;
    courses: number[];
  }[];
  for (const { semester, courses } of told) {
    const bound = [...slice].filter(([key, { course }]) => course > 0 && key.endsWith(` ${semester}`));
    expect(courses).toEqual([...new Set(bound.map(([, { course }]) => course))].sort((a, b) => a - b));
  }
}

test('the slice is what the posted documents say, and nobody’s later work is beaten in silence', async () => {
  await fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 30, size: 'max' }), work), {
    numRuns: process.env.ITK_MODEL_RUNS ? Number(process.env.ITK_MODEL_RUNS) : 12,
    endOnFailure: false,
  });
}, 300_000);
