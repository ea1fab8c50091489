import { z } from 'zod';
import { codeSchema, storable, tidyText, unstorableIn, type Bilingual } from '#contracts';

const spaces = /[\u00A0\u202F\s]/g;
/** 1C writes 1 234 with a no-break space where a number went through String(). */
export const wholeNumber = z.preprocess(
  (value) =>
    typeof value === 'string' && /^\d+$/.test(value.replace(spaces, '')) ? Number(value.replace(spaces, '')) : value,
  z.int({ error: 'must be a whole number' }).min(0, 'must not be negative'),
);
const characters = z.string({ error: 'must be text' }).superRefine((value, context) => {
  const character = unstorableIn(value);
  if (character) context.addIssue({ code: 'custom', message: `holds ${character.en}`, params: { character } });
});
const orEmpty = (value: unknown): unknown => value ?? '';
const orNumber = (value: unknown): unknown => (typeof value === 'number' ? String(value) : orEmpty(value));
const notLong = z.string().max(1000, 'is too long');
/** As a person sees it; null and nothing are empty. */
const text = z.preprocess(orEmpty, characters.transform(tidyText).pipe(notLong));
const named = z.preprocess(orNumber, text);
/** To the letter, but for the spaces that pad a fixed-length string. */
const identifier = z.preprocess(orNumber, characters.transform((value) => value.trim()).pipe(notLong));
const required = <T extends z.ZodType<string>>(schema: T) =>
  schema.refine((value) => value !== '', 'must not be empty');

/** A student of GetStudents: the paper's data and ours (`individual`, `bindingSequence`). */
export const onecStudentSchema = z.object({
  code: z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), codeSchema),
  lastname: text,
  firstname: text,
  middlename: text,
  group: required(named),
  semester: wholeNumber,
  year: wholeNumber,
  field: named,
  profile: named,
  mode: named,
  site: named,
  curriculum: required(identifier),
  /** Course ids of the system's Moodle. A change of department can leave two bindings: repeated ids count once. */
  courses: z.preprocess(
    // A foreign 1C writes null or an empty string for "no bindings"; a field that is absent is no such word.
    (value) => (value === null || (typeof value === 'string' && value.trim() === '') ? [] : value),
    z
      .array(wholeNumber, { error: 'must be an array of course ids' })
      .transform((ids) => [...new Set(ids.filter((id) => id > 0))]),
  ),
  individual: z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() ? value.trim() : undefined),
      characters.max(64).optional(),
    )
    .optional(),
  bindingSequence: wholeNumber.optional(),
});
export type OnecStudent = z.infer<typeof onecStudentSchema>;

/** One element of the page; a broken one says which fields are wrong, never what stood in them. */
export type StudentElement =
  | { kind: 'student'; student: OnecStudent }
  | { kind: 'error'; text: string; code?: string }
  | { kind: 'broken'; problems: string[]; code?: string; characters?: Misplaced[] };

/** What no database and no XML can hold stands in a field. */
export interface Misplaced {
  field: string;
  character: Bilingual;
}

export interface ElementReading {
  /** Our name of a field -> the foreign one. */
  rename: Record<string, string>;
  /** The first group is the student's code, to the letter. */
  errorCodePattern: string;
}

function ours(element: Record<string, unknown>, rename: Record<string, string>): Record<string, unknown> {
  const renamed = { ...element };
  for (const [name, foreign] of Object.entries(rename)) if (foreign in element) renamed[name] = element[foreign];
  return renamed;
}

export function readElement(raw: unknown, reading: ElementReading): StudentElement {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { kind: 'broken', problems: ['the element is not an object'] };
  const element = ours(raw as Record<string, unknown>, reading.rename);
  if (typeof element.error === 'string' && element.error.trim() !== '') {
    const code = new RegExp(reading.errorCodePattern, 'i').exec(element.error)?.[1]?.trim();
    return {
      kind: 'error',
      text: storable(element.error.trim()),
      ...(codeSchema.safeParse(code).success && { code: code as string }),
    };
  }
  const read = onecStudentSchema.safeParse(element);
  if (read.success) return { kind: 'student', student: read.data };
  const code = typeof element.code === 'string' ? element.code.trim() : undefined;
  const { issues } = read.error;
  const characters = issues.flatMap((issue) => misplaced(issue) ?? []);
  return {
    kind: 'broken',
    problems: issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...(codeSchema.safeParse(code).success && { code: code as string }),
    ...(characters.length === issues.length && { characters }),
  };
}

function misplaced(issue: z.core.$ZodIssue): Misplaced | undefined {
  const character = issue.code === 'custom' ? (issue.params?.character as Bilingual | undefined) : undefined;
  return character && { field: String(issue.path[0]), character };
}
