import { z } from 'zod';
import { disciplineKinds } from '../tables/mirror.js';

const date = z.iso.datetime({
  local: true,
  offset: false,
  precision: 0,
  error: 'must be a date like 2024-09-01T00:00:00',
});
const code = z.string().min(1).max(100);
const text = z.string().max(1000);
const maybe = text.nullish().transform((value) => value ?? null);
const year = z
  .int()
  .nullish()
  .transform((value) => value ?? null);

/** Attributes by which a curriculum fits a group. */
const fit = { year, field: maybe, profile: maybe, mode: maybe, site: maybe };

const lineSchema = z.object({
  curriculum: code,
  department: text,
  disciplineKind: z.enum(disciplineKinds),
  discipline: code,
  semester: z.int().min(0),
  /** Code of the system. */
  system: code,
  courseId: z.int().min(0),
  change: z.boolean().default(true),
  several: z.boolean().default(false),
});

/** An element of each section: whole directories and registers, active records only, infobase dates. */
const elementSchemas = {
  students: z.object({ code, individual: code }),
  statuses: z.object({
    student: code,
    period: date,
    /** Continues Education, or any other word. */
    status: text,
    group: maybe,
    semester: year,
  }),
  names: z.object({ individual: code, period: date, lastname: text, firstname: text, middlename: text }),
  groups: z.object({ code, name: text, ...fit }),
  curricula: z.object({
    code,
    name: text,
    ...fit,
    template: z.boolean(),
    /** Approved, or any other word. */
    status: text,
    graduatingDepartment: maybe,
    level: maybe,
    lines: z.array(
      z.object({
        disciplineKind: z.enum(disciplineKinds),
        discipline: code,
        semester: z.int().min(0),
        department: text,
      }),
    ),
  }),
  disciplines: z.object({ kind: z.enum(disciplineKinds), code, name: text }),
  departments: z.object({ code, name: text }),
};

/** 1C:University as the mirror takes it. */
export const snapshotSchema = z.object({
  students: z.array(elementSchemas.students),
  statuses: z.array(elementSchemas.statuses),
  names: z.array(elementSchemas.names),
  groups: z.array(elementSchemas.groups),
  curricula: z.array(elementSchemas.curricula),
  disciplines: z.array(elementSchemas.disciplines),
  departments: z.array(elementSchemas.departments),
  /** The toolkit's own objects, for a start with something in them. Each is taken once and belongs to the component after. */
  toolkit: z
    .object({
      systems: z.array(z.object({ code, name: code, address: text })),
      documents: z.array(z.object({ id: z.uuid(), number: code, date, author: text, lines: z.array(lineSchema) })),
    })
    .optional(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
export type Toolkit = NonNullable<Snapshot['toolkit']>;

export type Section = keyof typeof elementSchemas;
export type SnapshotElement = { [S in Section]: { section: S; value: Snapshot[S][number] } }[Section];

export const isSection = (name: string): name is Section => Object.hasOwn(elementSchemas, name);
export const elementSchema = (section: Section): z.ZodType => elementSchemas[section];
