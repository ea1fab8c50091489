import { z } from 'zod';
import { codeSchema, systemIdSchema } from '#contracts';
import { complaint } from '#http-api';
import { listedSchema } from '../failures/api/schemas.js';
import { bilingual, limit, moment, shortText } from '../http/schemas.js';
import { entrySchema } from '../journal/api/schemas.js';
import { troubleSchema, waysSchema } from '../overview/schemas.js';

export const studentsQuery = z
  .object({
    code: z.string().trim().min(1).max(64).optional().describe('Its beginning.'),
    group: z.string().trim().min(1).max(200).optional().describe('An academic group, to the letter.'),
    moodleUser: z.coerce.number().int().positive().optional().describe('The id of an account in Moodle.'),
    system: systemIdSchema.optional(),
    limit,
  })
  .refine(
    ({ code, group, moodleUser }) => code !== undefined || group !== undefined || moodleUser !== undefined,
    complaint('Назовите код, группу или номер в Moodle', 'Name a code, a group or an id in Moodle'),
  );

export const studentsSchema = z
  .object({
    students: z.array(
      z
        .object({
          system: z.string(),
          code: z.string(),
          group: z.string().nullable(),
          outcome: z.string().nullable().describe('`synchronized`, or a kind of failure; null: none is known yet.'),
        })
        .meta({ id: 'FoundStudent' }),
    ),
  })
  .meta({ id: 'Students' });

export const storyQuery = z.object({ code: codeSchema, limit: z.coerce.number().int().min(1).max(500).default(100) });

const courseState = z
  .object({
    course: shortText.describe("The course's number in Moodle, or its idnumber."),
    state: z.enum(['enrolled', 'failed', 'waiting', 'unclear']),
    reason: bilingual.optional(),
  })
  .meta({ id: 'CourseState' });

const storySchema = z
  .object({
    system: z.string(),
    moodle: z.string().describe('Address of the site.'),
    ...waysSchema,
    moodleUser: z
      .int()
      .nullable()
      .describe('Id of the account there, the newest that is known; null where Moodle takes a file.'),
    group: z.string().nullable(),
    outcome: z.string().nullable(),
    sentence: bilingual.describe('Is the student where they should be, and if not, why.'),
    courses: z.array(courseState),
    told: z
      .object({
        told: z.enum(['later', 'error', 'synchronized']),
        revision: z.number(),
        validUntil: z.number().nullable().describe('Unix seconds until which 1C hides the student.'),
      })
      .nullable()
      .describe('What 1C was told last.'),
    events: z.array(entrySchema).describe('Newest first.'),
    failures: z.array(listedSchema).describe('Newest first.'),
    gaps: z
      .array(z.object({ after: moment.nullable(), before: moment, missing: z.int() }))
      .describe('Events are missing in between.'),
  })
  .meta({ id: 'StudentStory' });

export const storiesSchema = z
  .object({ code: z.string(), stories: z.array(storySchema), troubles: z.array(troubleSchema) })
  .meta({ id: 'StudentStories' });
