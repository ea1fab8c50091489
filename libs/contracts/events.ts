import { z } from 'zod';
import { bilingualSchema } from './bilingual.js';
import { deadKindSchema, toldSchema } from './failure.js';
import {
  codeSchema,
  countsSchema,
  coursesSchema,
  originSchema,
  personSchema,
  revisionSchema,
  studySchema,
  systemIdSchema,
  unixSeconds,
} from './student.js';

const ofStudent = { system: systemIdSchema, origin: originSchema, code: codeSchema, revision: revisionSchema };

/** A plain object: UserProvisioned extends it. */
const studentChanged = z.object({
  system: systemIdSchema,
  origin: originSchema,
  state: z
    .enum(['active', 'withdrawn'])
    .describe('`withdrawn` empties the desired set of this study; the account stays, and none is made.'),
  person: personSchema,
  study: studySchema.optional().describe('Absent only where the source knows no study (IMS files).'),
  courses: coursesSchema.describe('Every course the student is to be enrolled in: the whole set.'),
  bindingSequence: z
    .int()
    .min(0)
    .optional()
    .describe('The newest binding change that the reading of these courses had seen.'),
  revision: revisionSchema,
});
export const studentChangedSchema = studentChanged.describe(
  'A student is new or changed, or is offered again by 1C: the whole record as it was read.',
);
export type StudentChanged = z.infer<typeof studentChangedSchema>;

export const bindingChangedSchema = z
  .object({
    system: systemIdSchema,
    curriculum: z.string().min(1).describe("The curriculum's code in 1C."),
    semester: z.int().min(0),
    courses: z.array(z.int().positive()).describe('The whole set of course numbers after the change.'),
    sequence: z.int().min(0).describe('Grows with every change; the newer one counts.'),
  })
  .describe('The courses bound to the disciplines of a curriculum and semester have changed.');
export type BindingChanged = z.infer<typeof bindingChangedSchema>;

/** Additive within v1. */
const accountSchema = z
  .object({
    idnumber: z.string().min(1).max(255),
    username: z.string().min(1).max(100),
    auth: z.string().min(1).describe('The plugin by which the person signs in.'),
    lastname: z.string().min(1).max(100),
    firstname: z.string().min(1).max(100),
    email: z.string().min(1).max(100),
    city: z.string().min(1).max(120).optional(),
    country: z.string().length(2).optional().describe('ISO 3166-1, two capital letters.'),
  })
  .describe(
    'What the account is to be, where Moodle takes a file and is not called; `moodleUserId` is then a number of ours. ' +
      'Absent everywhere else, and where nothing new is to be said.',
  );
export type ToldAccount = z.infer<typeof accountSchema>;

export const userProvisionedSchema = studentChanged
  .extend({
    moodleUserId: z.int().positive().optional().describe('Absent for a withdrawn student who never had an account.'),
    accountCreated: z.boolean().describe('A fresh account is enrolled without reading what it has.'),
    account: accountSchema.optional(),
  })
  .describe("The student's account stands in Moodle as wanted; what StudentChanged carried travels on.");
export type UserProvisioned = z.infer<typeof userProvisionedSchema>;

/** So that 1C hears of the message when it is given up, even where nobody could read the student. */
const ofWhom = {
  origin: originSchema.optional(),
  revision: revisionSchema.optional().describe('The newest when this was said. Earlier versions did not tell it.'),
};

export const enrolmentDueSchema = z
  .object({ system: systemIdSchema, code: codeSchema, ...ofWhom })
  .describe("A binding changed for this student: the study's seen revision is worked on again.");
export type EnrolmentDue = z.infer<typeof enrolmentDueSchema>;

export const accountMissingSchema = z
  .object({ system: systemIdSchema, code: codeSchema, ...ofWhom })
  .describe('The account vanished from Moodle: look it up again, once per revision.');
export type AccountMissing = z.infer<typeof accountMissingSchema>;

export const studentSynchronizedSchema = z
  .object({
    ...ofStudent,
    counts: countsSchema,
    validUntil: unixSeconds.describe(
      'Unix seconds: first completion of this revision + the synchronization period; every repetition carries the same.',
    ),
  })
  .describe('Everything wanted of this revision is done in Moodle.');
export type StudentSynchronized = z.infer<typeof studentSynchronizedSchema>;

export const synchronizationFailedSchema = z
  .object({
    ...ofStudent,
    stage: z.string().min(1).describe('The service that gave up.'),
    kind: deadKindSchema,
    cause: z.string().min(1).describe('Machine name of the cause; failures are folded by cause and about.'),
    about: z.string().optional().describe('What the cause is about: a course id, a capability. Never a name.'),
    reason: bilingualSchema,
    counts: countsSchema.describe('What was done all the same.'),
    deadLetter: z.string().optional().describe('`<event id>/<queue>`'),
    flaggedBy1C: z.boolean().describe('1C found the fault itself and has already set its Error row.'),
  })
  .describe('This revision of the student cannot be synchronized without a person.');
export type SynchronizationFailed = z.infer<typeof synchronizationFailedSchema>;

export const studentReportedSchema = z
  .object({
    system: systemIdSchema,
    code: codeSchema,
    revision: revisionSchema,
    told: toldSchema,
    validUntil: unixSeconds
      .optional()
      .describe('Unix seconds until when 1C hides the student; absent where it was told nothing.'),
  })
  .describe('1C was told of this revision: the place in the window is free.');
export type StudentReported = z.infer<typeof studentReportedSchema>;

/** Every event of the house: the type is the contract's name and version; additive changes keep the version. */
export const eventSchemas = {
  'itk.student.changed.v1': studentChangedSchema,
  'itk.binding.changed.v1': bindingChangedSchema,
  'itk.user.provisioned.v1': userProvisionedSchema,
  'itk.enrolment.due.v1': enrolmentDueSchema,
  'itk.account.missing.v1': accountMissingSchema,
  'itk.student.synchronized.v1': studentSynchronizedSchema,
  'itk.synchronization.failed.v1': synchronizationFailedSchema,
  'itk.student.reported.v1': studentReportedSchema,
} as const;

export type EventType = keyof typeof eventSchemas;
export type EventData<T extends EventType> = z.infer<(typeof eventSchemas)[T]>;

export const eventTypes = {
  StudentChanged: 'itk.student.changed.v1',
  BindingChanged: 'itk.binding.changed.v1',
  UserProvisioned: 'itk.user.provisioned.v1',
  EnrolmentDue: 'itk.enrolment.due.v1',
  AccountMissing: 'itk.account.missing.v1',
  StudentSynchronized: 'itk.student.synchronized.v1',
  SynchronizationFailed: 'itk.synchronization.failed.v1',
  StudentReported: 'itk.student.reported.v1',
} as const satisfies Record<string, EventType>;
