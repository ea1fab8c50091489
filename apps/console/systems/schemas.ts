import { z } from 'zod';
import { codeSchema, consumerNames, systemIdSchema } from '#contracts';
import { complaint } from '#http-api';
import { bilingual, lastKnown, moment, reason } from '../http/schemas.js';
import { pauseSchema, systemStatusSchema, troubleSchema } from '../overview/schemas.js';

export const systemId = systemIdSchema;
const services = z.array(z.enum(consumerNames)).min(1).optional().describe('Absent: all that work with the system.');

export const systemSchema = z
  .object({
    status: systemStatusSchema,
    hoursFrom: moment,
    troubles: z.array(troubleSchema),
  })
  .meta({ id: 'System' });

export const passSchema = z
  .object({
    ...lastKnown,
    counts: z.boolean().describe('False: 1C is not our component, and nobody can know how many it has still to offer.'),
    students: z.int().nullable().describe('Who continue their education.'),
    left: z.int().nullable().describe('Whom 1C would offer now: not done, or their time is over.'),
    perMinute: z.number().describe('Outcomes a minute, over the last five.'),
    minutesLeft: z.int().nullable().describe('Null: it is not known, or nothing goes on.'),
    underWay: z.int().describe('Students whom 1C offered and of whom it has not yet been told.'),
    oldest: moment.nullable().describe('Since when the one is under way that has been so for the longest.'),
    window: z.int().describe('So many may be under way.'),
  })
  .meta({ id: 'Pass' });

export const findingSchema = z
  .object({
    check: z.string(),
    severity: z.enum(['ok', 'advice', 'warning', 'error']),
    what: bilingual,
    mend: bilingual.optional(),
  })
  .meta({ id: 'Finding' });
export const examinationSchema = z
  .object({
    system: z.string().describe('Empty: what all systems stand on.'),
    by: z.string(),
    begunAt: moment,
    endedAt: moment.nullable().describe('Null: it is under way.'),
    parts: z
      .array(z.object({ part: z.enum(['ground', 'moodle', 'onec']), findings: z.array(findingSchema) }))
      .describe('What was found the last time that it ended.'),
  })
  .meta({ id: 'Examination' });
export const examinationsSchema = z.object({ examinations: z.array(examinationSchema) }).meta({ id: 'Examinations' });
export const begunSchema = z
  .object({ begun: z.boolean().describe('False: it was under way already.') })
  .meta({ id: 'ExaminationBegun' });

export const pauseBody = z.object({ services, reason }).meta({ id: 'PauseOrder' });
export const resumeBody = z.object({ services, reason: reason.optional() }).meta({ id: 'ResumeOrder' });
export const pausesSchema = z
  .object({
    services: z.array(z.string()).describe('That were paused, or resumed.'),
    pauses: z.array(pauseSchema).describe('That stand now; those of other kinds end by themselves.'),
  })
  .meta({ id: 'PausesNow' });

export const askedNowSchema = z
  .object({ state: z.enum(['asking', 'paused', 'underWay']).describe('`paused`: asks when the pause ends.') })
  .meta({ id: 'AskedNow' });

/** Exactly one of them. */
export const whomSchema = z
  .object({
    codes: z.array(codeSchema).min(1).max(1_000).optional(),
    group: z.string().min(1).max(200).optional().describe('An academic group, to the letter as 1C names it.'),
    curriculum: z.string().min(1).max(200).optional().describe("A curriculum's code in 1C."),
    reason: reason.optional(),
  })
  .refine(
    ({ codes, group, curriculum }) => [codes, group, curriculum].filter((given) => given !== undefined).length === 1,
    complaint(
      'Назовите студентов, группу или учебный план: что-то одно',
      'Name students, a group or a curriculum: one of them',
    ),
  )
  .meta({ id: 'Whom' });

export const releaseBody = z.object({ reason }).meta({ id: 'ReleaseFlags' });
export const releasedSchema = z
  .object({
    state: z.enum(['done', 'underWay']).describe('`underWay`: the service goes on by itself.'),
    flagged: z.int().optional(),
    overtaken: z.int().optional(),
    refused: z.array(z.object({ code: z.string(), reason: z.string() })).optional(),
  })
  .meta({ id: 'FlagsReleased' });

export const removalsSchema = z
  .object({
    ...lastKnown,
    waiting: z.int().describe('For a decision.'),
    held: z.array(
      z
        .object({
          courseId: z.int(),
          codes: z.array(z.string()),
          since: z.number().describe('Unix milliseconds.'),
          why: z
            .enum(['limit', 'emptied'])
            .describe('Beyond the hourly limit; or nobody wanted any course, all at once.'),
          released: z.boolean().describe('On its way.'),
        })
        .meta({ id: 'HeldRemoval' }),
    ),
  })
  .meta({ id: 'HeldRemovals' });
export const removalsBody = z
  .object({
    courses: z.array(z.int().positive()).min(1).max(1_000).optional().describe('Only of these courses.'),
    codes: z.array(codeSchema).min(1).max(1_000).optional().describe('Only of these students.'),
    reason,
  })
  .meta({ id: 'RemovalsDecision' });
export const decidedSchema = z
  .object({ state: z.enum(['done', 'underWay']), number: z.int().optional() })
  .meta({ id: 'RemovalsDecided' });
export const doneSchema = z.object({ state: z.enum(['done', 'underWay']) }).meta({ id: 'Done' });
