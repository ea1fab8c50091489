import { z } from 'zod';

/** Whole seconds since 1970-01-01T00:00:00Z. The upper bound (the year 3000) refuses milliseconds sent as seconds. */
export const unixSeconds = z.int().min(0).max(32_503_680_000);

/** A system's name in queues, routing keys and ledgers: it never changes. */
export const systemIdSchema = z.string().regex(/^[a-z0-9-]{1,32}$/, 'a system id is 1 to 32 of a-z, 0-9 and -');

/** A 1C catalogue code: a string with its leading zeros. Comma and # would break SetCronflag's list. */
export const codeSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^,#]*$/, 'a student code may hold neither , nor #');

/** Grows with every reading of one student in one system: max(previous + 1, milliseconds of reading). */
export const revisionSchema = z.int().min(0);

export const originSchema = z.enum(['onec', 'ims']);
export type Origin = z.infer<typeof originSchema>;

export const personSchema = z.object({
  code: codeSchema,
  /** 1C's identifier of the human, where one human may have two studies. */
  individual: z.string().min(1).max(64).optional(),
  lastname: z.string(),
  firstname: z.string(),
  middlename: z.string(),
  kind: z.enum(['student', 'teacher']),
});
export type Person = z.infer<typeof personSchema>;

export const studySchema = z.object({
  group: z.string(),
  semester: z.int().min(0),
  year: z.int().min(0),
  field: z.string(),
  profile: z.string(),
  mode: z.string(),
  site: z.string(),
  curriculum: z.string(),
});
export type Study = z.infer<typeof studySchema>;

/** A course as Moodle knows it: by its number, or by its idnumber. */
export const courseSchema = z.object({
  id: z.int().positive().optional(),
  idnumber: z.string().min(1).max(100).optional(),
  /** Role shortname in Moodle. */
  role: z.string().min(1),
  begin: unixSeconds.optional(),
  end: unixSeconds.optional(),
  group: z.string().min(1).optional(),
  create: z.object({ fullname: z.string().min(1), category: z.int().positive().optional() }).optional(),
});
export type Course = z.infer<typeof courseSchema>;

export const coursesSchema = z
  .array(courseSchema)
  .refine((courses) => courses.every((course) => (course.id === undefined) !== (course.idnumber === undefined)), {
    message: 'a course has either id or idnumber',
  });

/** What was done in Moodle for one revision of one student. */
export const countsSchema = z.object({
  accountCreated: z.boolean(),
  enrolled: z.int().min(0),
  updated: z.int().min(0),
  suspended: z.int().min(0),
  unchanged: z.int().min(0),
});
export type Counts = z.infer<typeof countsSchema>;

export const nothingDone: Counts = { accountCreated: false, enrolled: 0, updated: 0, suspended: 0, unchanged: 0 };
