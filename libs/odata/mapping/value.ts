import { z } from 'zod';

const name = z.string().min(1).max(200);
/** True, or why it is one: in Russian, and behind ` / ` in English. */
const guess = z.union([z.literal(true), z.string().min(1)]).optional();
const day = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day of the year such as 09-01');
const group = z.string().refine((text) => {
  try {
    return new RegExp(`${text}|`).exec('')!.length > 1;
  } catch {
    return false;
  }
}, 'must be a regular expression with a group');

/** A directory that a reference may lead to, and what is taken there. */
export interface Target {
  in: string;
  take: Value;
  /** Which kind of discipline stands there. */
  kind?: 'Discipline' | 'Cycle' | 'Practice' | undefined;
}

type Guess = { guess?: true | string | undefined };
export type FieldValue = Guess & {
  field: string;
  /** The field is a reference, to one directory or to one of several. */
  to?: Target[] | undefined;
  /** What the first group finds in the text. */
  pattern?: string | undefined;
  /** Words of this infobase -> ours. */
  words?: Record<string, string> | undefined;
};
export type Value =
  | FieldValue
  | (Guess & { constant: string | number | boolean })
  /** The semester: the course, and the half of the year as of now. */
  | (Guess & { course: Value; autumn: string; spring: string })
  /** Of a group: what the states of its students say most often. */
  | (Guess & { ofStudents: Value });

const kind = z.enum(['Discipline', 'Cycle', 'Practice']).optional();
const targetSchema: z.ZodType<Target> = z.lazy(() => z.strictObject({ in: name, take: valueSchema, kind }));

/** As it is written: a name alone is a field; `in` and `take` beside the field are the one directory it leads to. */
export const valueSchema: z.ZodType<Value> = z.lazy(() =>
  z.union([
    name.transform((field): Value => ({ field })),
    z
      .strictObject({
        field: name,
        in: name.optional(),
        take: valueSchema.optional(),
        kind,
        oneOf: z.array(targetSchema).min(1).optional(),
        pattern: group.optional(),
        words: z.record(z.string(), z.string()).optional(),
        guess,
      })
      .refine(({ in: directory, take }) => (directory === undefined) === (take === undefined), {
        error: '"in" and "take" go together',
      })
      .refine(({ in: directory, oneOf }) => directory === undefined || oneOf === undefined, {
        error: 'either "in" or "oneOf"',
      })
      .transform(({ in: directory, take, kind: only, oneOf, ...rest }): Value => {
        const to = directory !== undefined && take !== undefined ? [{ in: directory, take, kind: only }] : oneOf;
        return { ...rest, ...(to && { to }) };
      }),
    z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]), guess }),
    z.strictObject({ course: valueSchema, autumn: day, spring: day, guess }),
    z.strictObject({ ofStudents: valueSchema, guess }),
  ]),
);

/** Does the field hold a text and, beside it, the type of what it names? */
export const isComposite = ({ to }: FieldValue): boolean => (to?.length ?? 0) > 1;

/** Fields of its own set that a value needs. */
export function fieldsOf(value: Value): string[] {
  if ('field' in value) return isComposite(value) ? [value.field, `${value.field}_Type`] : [value.field];
  return 'course' in value ? fieldsOf(value.course) : [];
}

/** Directories that must have been read before a value can be told. */
export function targetsOf(value: Value): Target[] {
  if ('field' in value) return value.to ?? [];
  return 'course' in value ? targetsOf(value.course) : [];
}

export function* guessesIn(value: Value, path: string): Generator<{ path: string; why: string }> {
  if (value.guess !== undefined) yield { path, why: value.guess === true ? '' : value.guess };
  if ('course' in value) return yield* guessesIn(value.course, `${path}.course`);
  if ('ofStudents' in value) return yield* guessesIn(value.ofStudents, `${path}.ofStudents`);
  for (const target of targetsOf(value)) yield* guessesIn(target.take, `${path}.take`);
}
