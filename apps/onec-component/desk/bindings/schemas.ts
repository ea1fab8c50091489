import { z } from 'zod';
import { referredSchema } from '../documents/columns.js';
import { bilingual, bindingKey, code, disciplineKind, moment, semester, system, text } from '../schemas.js';

export const displayQuery = z.object({ system, display: z.enum(['all', 'empty']).default('all') });
const column = z.array(z.int());
export const displayedSchema = z
  .object({
    ...referredSchema,
    states: z
      .array(z.enum(['current', 'resting', 'gone']))
      .describe('`gone`: no curriculum has it any more; `resting`: its curriculum is not approved.'),
    lines: z.object({
      curriculum: column.describe('Places in `curricula`.'),
      department: column.describe('Places in `departments`.'),
      discipline: column.describe('Places in `disciplines`.'),
      semester: column,
      course: column.describe('0: an empty binding.'),
      period: column.describe('Places in `periods`: since when it stands.'),
      state: column.describe('Places in `states`.'),
    }),
  })
  .meta({ id: 'DisplayedBindings' });

const counts = {
  empty: z.int().describe('Disciplines of approved curricula whose binding waits for a course.'),
  filled: z.int(),
  missing: z.int().describe('Disciplines without a record yet: creating bindings makes them.'),
  gone: z.int().describe('Bindings with a course that no curriculum has any more.'),
};
export const countsSchema = z.object({
  total: z.object(counts),
  systems: z.array(z.object({ system: z.string(), ...counts })),
});

const outKey = {
  curriculum: z.string(),
  department: z.string(),
  disciplineKind,
  discipline: z.string(),
  semester: z.int(),
};
export const goneSchema = z.object({
  bindings: z.array(
    z
      .object({
        ...outKey,
        courseId: z.int(),
        period: z.string(),
        curriculumName: z.string(),
        departmentName: z.string(),
        disciplineName: z.string(),
      })
      .meta({ id: 'GoneBinding' }),
  ),
});

const use = { curricula: z.int().describe('How many others have it bound so.'), sameSemester: z.boolean() };
export const suggestionsSchema = z.object({
  lines: z.array(
    z
      .object({
        ...outKey,
        suggestions: z.array(
          z.object({
            courseId: z.int(),
            why: z.discriminatedUnion('reason', [
              z.object({ reason: z.literal('earlier-year'), curriculum: z.string(), year: z.int() }),
              z.object({ reason: z.literal('same-discipline'), ...use }),
              z.object({ reason: z.literal('similar-title'), title: z.string(), likeness: z.number(), ...use }),
            ]),
          }),
        ),
      })
      .meta({ id: 'SuggestionsOfLine' }),
  ),
});

export const historyQuery = z.object({
  system,
  ...bindingKey,
  semester: z.coerce.number().pipe(semester),
  department: text(200).default(''),
});
export const historySchema = z.object({
  changes: z.array(
    z.object({
      period: z.string(),
      from: z.int().nullable().describe('Null: there was no record before.'),
      to: z.int(),
      author: z.string(),
      document: z.string(),
      number: z.string(),
    }),
  ),
});

export const runAsked = z.object({ system, curriculum: code.nullable().describe('Null: all approved ones.') });
export const runSchema = z
  .object({
    id: z.string(),
    system: z.string(),
    curriculum: z.string().nullable(),
    author: z.string(),
    state: z.enum(['running', 'done', 'cancelled']),
    total: z.int().describe('Curricula.'),
    done: z.int(),
    documents: z.int(),
    lines: z.int().describe('Empty bindings made.'),
    failures: z.array(z.object({ curriculum: z.string(), text: bilingual })),
    startedAt: moment,
    endedAt: moment.nullable(),
  })
  .meta({ id: 'EmptyBindingRun' });
export const runsSchema = z.object({ runs: z.array(runSchema) });
