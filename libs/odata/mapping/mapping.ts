import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { valueSchema, type Value } from './value.js';

const name = z.string().min(1).max(200);
const condition = z.union([z.string(), z.number(), z.boolean()]);

type Fields<R extends string, O extends string> = { [F in R]: Value } & { [F in O]?: Value | undefined };
const fields = <R extends string, O extends string = never>(required: readonly R[], optional: readonly O[] = []) =>
  z.strictObject({
    ...Object.fromEntries(required.map((field) => [field, valueSchema])),
    ...Object.fromEntries(optional.map((field) => [field, valueSchema.optional()])),
  }) as unknown as z.ZodType<Fields<R, O>>;

/** Where a section's records come from. */
const source = <F extends z.ZodType>(shape: F) => ({
  /** Name in the publication: `Catalog_УчебныеГруппы`. */
  set: name,
  /** Only rows whose fields have these values. */
  where: z.record(name, z.union([condition, z.array(condition)])).default({}),
  /** Fields that tell any row from any other. */
  order: z.array(name).min(1).default(['Ref_Key']),
  fields: shape,
});
/** Of a register: the last records as of now; without it, all records. */
const slice = z.literal('last').optional();

const programme = ['year', 'field', 'profile', 'mode', 'site'] as const;
const lineFields = ['discipline', 'semester', 'department'] as const;

const mappingSchema = z.strictObject({
  students: z.strictObject(source(fields(['code'], ['individual']))),
  statuses: z.strictObject({
    ...source(fields(['student', 'status', 'group', 'semester'], ['period', 'curriculum'])),
    slice,
  }),
  names: z.strictObject({
    ...source(fields(['individual', 'lastname', 'firstname', 'middlename'], ['period'])),
    slice,
  }),
  groups: z.strictObject(source(fields(['code', 'name'], [...programme, 'faculty']))),
  curricula: z.strictObject({
    ...source(fields(['code', 'name', 'status'], [...programme, 'template', 'graduatingDepartment', 'level'])),
    /** The tabular part that holds the disciplines. */
    lines: z.strictObject({ part: name, fields: fields(lineFields) }),
  }),
  disciplines: z
    .array(z.strictObject({ ...source(fields(['code', 'name'])), kind: z.enum(['Discipline', 'Cycle', 'Practice']) }))
    .min(1),
  departments: z.strictObject(source(fields(['code', 'name']))),
  /** The paper's own directory and documents, taken over once, at the first filling. */
  systems: z.strictObject(source(fields(['code', 'name'], ['address']))).optional(),
  documents: z
    .strictObject({
      ...source(fields(['id', 'number', 'date'], ['author'])),
      lines: z.strictObject({
        part: name,
        fields: fields(['curriculum', 'system', 'courseId', ...lineFields], ['change', 'several']),
      }),
    })
    .optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type SectionName = keyof Mapping;

/** A section as the reader goes over it. */
export interface MappedSection {
  section: SectionName;
  set: string;
  slice: boolean;
  where: Record<string, string | number | boolean | (string | number | boolean)[]>;
  order: string[];
  fields: Record<string, Value>;
  lines?: { part: string; fields: Record<string, Value> };
  /** Of all its records. */
  kind?: string;
}

const present = (values: object): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<string, Value>;

export function sectionsOf(mapping: Mapping): MappedSection[] {
  return (Object.keys(mapping) as SectionName[]).flatMap((section) => {
    const given = mapping[section];
    if (given === undefined) return [];
    return [given].flat().map((one): MappedSection => ({
      section,
      set: one.set,
      slice: 'slice' in one && one.slice !== undefined,
      where: one.where,
      order: one.order,
      fields: present(one.fields),
      ...('lines' in one && { lines: { part: one.lines.part, fields: present(one.lines.fields) } }),
      ...('kind' in one && { kind: one.kind }),
    }));
  });
}

/** The mapping cannot be used; the text says where and how to mend it. */
export class MappingError extends Error {
  override name = 'MappingError';
  constructor(file: string, problems: readonly string[]) {
    super(
      [
        `${file}: файл соответствия не годится / the mapping cannot be used:`,
        ...problems.map((problem) => `- ${problem}`),
        'Образцы / samples: config/mappings/, docs/odata.md',
      ].join('\n'),
    );
  }
}

/** Throws {@link MappingError}. */
export function parseMapping(text: string, file: string): Mapping {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new MappingError(
      file,
      document.errors.map(({ message }) => message.split('\n')[0]!),
    );
  const parsed = mappingSchema.safeParse(document.toJS());
  if (!parsed.success) throw new MappingError(file, problemsOf(parsed.error.issues));
  return parsed.data;
}

/** Throws {@link MappingError}. */
export function readMapping(file: string): Mapping {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MappingError(file, [`файл не читается / the file cannot be read: ${code}`]);
  }
  return parseMapping(text.replace(/^\uFEFF/, ''), file);
}

/** Of a value's forms the one that was probably meant speaks. */
function problemsOf(issues: readonly z.core.$ZodIssue[], within: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...within, ...issue.path];
    if (issue.code !== 'invalid_union') return [`${path.join('.')}: ${issue.message}`];
    const forms = issue.errors.filter(([first]) => first?.code !== 'invalid_type' || first.path.length > 0);
    const strange = (errors: readonly z.core.$ZodIssue[]): number =>
      errors.some(({ code }) => code === 'unrecognized_keys') ? 1 : 0;
    const meant = [...forms].sort((a, b) => strange(a) - strange(b) || a.length - b.length)[0];
    return meant
      ? problemsOf(meant, path)
      : [`${path.join('.')}: a field's name, { field }, { constant }, { course } or { ofStudents } is needed`];
  });
}
