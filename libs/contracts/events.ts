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

export const studentChangedSchema = z.object({
  system: systemIdSchema,
  origin: originSchema,
  state: z.enum(['active', 'withdrawn']),
  person: personSchema,
  /** Absent only where the source knows no study (IMS files). */
  study: studySchema.optional(),
  courses: coursesSchema,
  /** The newest binding change that the reading of these courses had seen. */
  bindingSequence: z.int().min(0).optional(),
  revision: revisionSchema,
});
export type StudentChanged = z.infer<typeof studentChangedSchema>;

export const bindingChangedSchema = z.object({
  system: systemIdSchema,
  curriculum: z.string().min(1),
  semester: z.int().min(0),
  /** The whole set of course numbers after the change. */
  courses: z.array(z.int().positive()),
  sequence: z.int().min(0),
});
export type BindingChanged = z.infer<typeof bindingChangedSchema>;

export const userProvisionedSchema = studentChangedSchema.extend({
  /** Absent for a withdrawn student who never had an account. */
  moodleUserId: z.int().positive().optional(),
  accountCreated: z.boolean(),
});
export type UserProvisioned = z.infer<typeof userProvisionedSchema>;

export const enrolmentDueSchema = z.object({ system: systemIdSchema, code: codeSchema });
export type EnrolmentDue = z.infer<typeof enrolmentDueSchema>;

export const accountMissingSchema = z.object({ system: systemIdSchema, code: codeSchema });
export type AccountMissing = z.infer<typeof accountMissingSchema>;

export const studentSynchronizedSchema = z.object({
  ...ofStudent,
  counts: countsSchema,
  /** First completion of this revision + the synchronization period; every repetition carries the same. */
  validUntil: unixSeconds,
});
export type StudentSynchronized = z.infer<typeof studentSynchronizedSchema>;

export const synchronizationFailedSchema = z.object({
  ...ofStudent,
  /** The service that gave up. */
  stage: z.string().min(1),
  kind: deadKindSchema,
  /** Machine name of the cause, and what it is about: failures are folded by the pair. */
  cause: z.string().min(1),
  about: z.string().optional(),
  reason: bilingualSchema,
  /** What was done all the same. */
  counts: countsSchema,
  /** `<event id>/<queue>` */
  deadLetter: z.string().optional(),
  /** 1C found the fault itself and has already set its Error row. */
  flaggedBy1C: z.boolean(),
});
export type SynchronizationFailed = z.infer<typeof synchronizationFailedSchema>;

export const studentReportedSchema = z.object({
  system: systemIdSchema,
  code: codeSchema,
  revision: revisionSchema,
  told: toldSchema,
  /** Until when 1C hides the student; absent where it was told nothing. */
  validUntil: unixSeconds.optional(),
});
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
