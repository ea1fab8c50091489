import { z } from 'zod';
import { both, codeSchema, storable, tidyText, unstorableIn, type Bilingual } from '#contracts';
import { NotJsonError, ProtocolError } from './errors.js';
import { placeOfFault, recordsOf, type Place } from './page-by-record.js';
import { stripBom } from './xml.js';

const spaces = /[\u00A0\u202F\s]/g;
/** 1C writes 1 234 with a no-break space where a number went through String(). */
const number = z.preprocess(
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
  semester: number,
  year: number,
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
      .array(number, { error: 'must be an array of course ids' })
      .transform((ids) => [...new Set(ids.filter((id) => id > 0))]),
  ),
  individual: z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() ? value.trim() : undefined),
      characters.max(64).optional(),
    )
    .optional(),
  bindingSequence: number.optional(),
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

const withoutBom = (text: string): string => stripBom(text.trim()).trim();

/** JSON text of a result; 1C may set a mark of byte order before it. Throws ProtocolError and {@link NotJsonError}. */
export function readJson(text: string, operation: string): unknown {
  const clean = withoutBom(text);
  if (clean === '')
    throw new ProtocolError(both(`${operation} вернула пустую строку`, `${operation} returned an empty string`));
  try {
    return JSON.parse(clean) as unknown;
  } catch {
    throw new NotJsonError(operation, placeOfFault(clean));
  }
}

/** A page that is no JSON as a whole and was read by record all the same. */
export interface ByRecord extends Place {
  records: number;
  /** Codes of records that cannot be read, or their places. */
  broken: string[];
}

export interface Page {
  elements: StudentElement[];
  byRecord?: ByRecord;
}

/**
 * The page of GetStudents, in its order. A broken element never takes the page along, nor does one that makes the page
 * no JSON. Throws ProtocolError and {@link NotJsonError}.
 */
export function readPage(
  text: string,
  reading: ElementReading,
  read: (raw: unknown) => StudentElement = (raw) => readElement(raw, reading),
): Page {
  let page: unknown;
  try {
    page = readJson(text, 'GetStudents');
  } catch (error) {
    const byRecord = error instanceof NotJsonError ? pageByRecord(withoutBom(text), reading, read) : undefined;
    if (byRecord === undefined) throw error;
    return { elements: byRecord.elements, byRecord: { ...(error as NotJsonError).place, ...byRecord.found } };
  }
  if (!Array.isArray(page))
    throw new ProtocolError(both('GetStudents вернула не массив', 'GetStudents returned no array'));
  return { elements: page.map(read) };
}

/** The elements alone. */
export const readStudents = (text: string, reading: ElementReading): StudentElement[] =>
  readPage(text, reading).elements;

/** Undefined: of no record anything can be said. */
function pageByRecord(page: string, reading: ElementReading, read: (raw: unknown) => StudentElement) {
  const records = recordsOf(page, reading.rename.code ?? 'code');
  const elements = (records ?? []).map((record): StudentElement => {
    if ('raw' in record) return read(record.raw);
    const { code, problem, place } = record;
    // Of whom it is known whose it is, the place in the page says nothing new each time.
    return code === undefined
      ? { kind: 'broken', problems: [`line ${place.line}, column ${place.column}: ${problem}`] }
      : { kind: 'broken', problems: [problem], code };
  });
  if (!elements.some((element) => element.kind === 'student' || element.code !== undefined)) return undefined;
  const broken = elements.flatMap((element) =>
    element.kind === 'broken' ? (element.code ?? element.problems[0]!.split(':')[0]!) : [],
  );
  return { elements, found: { records: elements.length, broken } };
}

/**
 * Reads one page after another. Whoever is in flight stands in page after page: an element that has not changed since
 * the last page is the same object again, and is not checked anew.
 */
export class PageReader {
  private last = new Map<string, StudentElement>();

  constructor(private readonly reading: ElementReading) {}

  /** Throws ProtocolError and {@link NotJsonError}. */
  read(text: string): Page {
    const now = new Map<string, StudentElement>();
    const page = readPage(text, this.reading, (raw) => {
      const key = JSON.stringify(raw);
      const element = now.get(key) ?? this.last.get(key) ?? readElement(raw, this.reading);
      now.set(key, element);
      return element;
    });
    this.last = now;
    return page;
  }
}

const bindingChangeSchema = z.object({
  curriculum: z.string().min(1),
  semester: number,
  courses: z.array(z.int().positive()),
  sequence: number,
});
/** The whole set of courses of one curriculum and semester after a change. */
export type BindingChange = z.infer<typeof bindingChangeSchema>;

const foundErrorSchema = z.object({
  code: codeSchema,
  error: z
    .string()
    .min(1)
    .transform((text) => storable(text)),
  sequence: number,
});
/** A student in whose data 1C has found a fault itself, and its words. */
export type FoundError = z.infer<typeof foundErrorSchema>;

/** Throws ProtocolError: only our own component answers this, so nothing here is tolerated. */
function readList<T>(element: z.ZodType<T>, text: string, operation: string): T[] {
  const read = z.array(element).safeParse(readJson(text, operation));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new ProtocolError(both(`${operation}: ${where}`, `${operation}: ${where}`));
}

/** Throws ProtocolError. */
export const readBindings = (text: string): BindingChange[] => readList(bindingChangeSchema, text, 'BindingsSince');
/** Throws ProtocolError. */
export const readErrors = (text: string): FoundError[] => readList(foundErrorSchema, text, 'ErrorsSince');

const refusedSchema = z.object({ refused: z.array(z.object({ pair: z.string(), reason: z.string() })) });

/** What a flagging operation returned: true, nothing, or the list of what was not taken. `false` is undefined here. */
export function readRefused(text: string): { pair: string; reason: string }[] | undefined {
  const clean = stripBom(text.trim()).trim();
  if (/^(false|ложь)$/i.test(clean)) return undefined;
  if (!clean.startsWith('{')) return [];
  const read = refusedSchema.safeParse(readJson(clean, 'SetCronflag'));
  return read.success ? read.data.refused : [];
}
