import { z } from 'zod';

/** The upper bound (the year 3000) refuses milliseconds sent as seconds. */
export const unixSeconds = z.int().min(0).max(32_503_680_000).describe('Whole seconds since 1970-01-01T00:00:00Z.');

export const systemIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,32}$/, 'a system id is 1 to 32 of a-z, 0-9 and -')
  .describe('One Moodle: its name in queues, routing keys and ledgers, which never changes.');

/** Comma and # would break SetCronflag's list; control characters and halves of surrogate pairs do not come back from it. */
export const codeSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^,#\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u, 'a student code may hold neither , nor # nor what is no character')
  .describe("The student's code in 1C's catalogue: a string with its leading zeros.");

export const revisionSchema = z
  .int()
  .min(0)
  .describe(
    'Grows with every reading of one student in one system: max(previous + 1, milliseconds of reading). ' +
      'What is below a revision already seen is superseded.',
  );

export const originSchema = z.enum(['onec', 'ims']).describe('Where the record came from; `ims` is never told to 1C.');
export type Origin = z.infer<typeof originSchema>;

export const personSchema = z
  .object({
    code: codeSchema,
    individual: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe("1C's identifier of the human, where one human may have two studies."),
    lastname: z.string(),
    firstname: z.string(),
    middlename: z.string().describe('Empty where there is none.'),
    kind: z.enum(['student', 'teacher']),
    userid: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe('The login that the source keeps for the person (IMS files).'),
    email: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe('The address that the source keeps for the person (IMS files).'),
    city: z.string().min(1).max(255).optional().describe('Where the person lives (IMS files).'),
    picture: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe('Address of a picture of the person (IMS files). It is told on; nothing fetches it.'),
  })
  .describe('Who studies. Personal data: in no log and no metric.');
export type Person = z.infer<typeof personSchema>;

/** One account for each student, or for each human, who may have several studies. */
export type AccountsPer = 'student' | 'individual';

/** What a person's account is known by; undefined where the human is not named. */
export const personKey = (per: AccountsPer, { code, individual }: Person): string | undefined =>
  per === 'student' ? code : individual;

export const studySchema = z
  .object({
    group: z.string().describe('Academic group, as 1C names it.'),
    semester: z.int().min(0),
    year: z.int().min(0).describe('Year of enrolment of the group.'),
    field: z.string().describe('Field of study.'),
    profile: z.string(),
    mode: z.string().describe('Full-time, part-time and so on, as 1C names it.'),
    site: z.string().describe('Branch or campus of the university.'),
    curriculum: z.string().describe("The curriculum's code in 1C."),
  })
  .describe('What a student studies now; from the group and the curriculum of 1C.');
export type Study = z.infer<typeof studySchema>;

export const courseSchema = z
  .object({
    id: z.int().positive().optional().describe("The course's number in Moodle."),
    idnumber: z.string().min(1).max(100).optional().describe("The course's idnumber in Moodle."),
    role: z
      .string()
      .min(1)
      .describe('Role shortname in Moodle. A course that stands here several times is wanted in each of these roles.'),
    begin: unixSeconds.optional().describe('The enrolment holds from then on.'),
    end: unixSeconds.optional().describe('The enrolment ends then; never where absent.'),
    group: z.string().min(1).optional().describe('Group within the course, for whoever is in none of its groups yet.'),
    create: z
      .object({
        fullname: z.string().min(1),
        shortname: z.string().min(1).optional().describe('The idnumber where absent.'),
        category: z.int().positive().optional().describe('Number in Moodle; the configured one where absent.'),
      })
      .optional()
      .describe('A course named by its idnumber is made where it is missing, hidden, if the configuration allows it.'),
  })
  // for JSON Schema alone; coursesSchema checks it here
  .meta({
    description: 'A course as Moodle knows it: by its number, or by its idnumber, never both.',
    oneOf: [{ required: ['id'] }, { required: ['idnumber'] }],
  });
export type Course = z.infer<typeof courseSchema>;

export const coursesSchema = z
  .array(courseSchema)
  .refine((courses) => courses.every((course) => (course.id === undefined) !== (course.idnumber === undefined)), {
    message: 'a course has either id or idnumber',
  });

export const countsSchema = z
  .object({
    accountCreated: z.boolean(),
    enrolled: z.int().min(0).describe('Enrolments made.'),
    updated: z.int().min(0).describe('Enrolments changed.'),
    suspended: z.int().min(0).describe('Enrolments suspended.'),
    unchanged: z.int().min(0).describe('Enrolments found as wanted.'),
  })
  .describe('What was done in Moodle for one revision of one student.');
export type Counts = z.infer<typeof countsSchema>;

export const nothingDone: Counts = { accountCreated: false, enrolled: 0, updated: 0, suspended: 0, unchanged: 0 };
