import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { cutTexts } from '../../http/cut.js';
import { givenMoment, limit, moment } from '../../http/schemas.js';

export const entrySchema = z
  .object({
    eventId: z.string(),
    type: z.string(),
    system: z.string(),
    subject: z.string(),
    revision: z.number().nullable().describe('A pass of a student.'),
    source: z.string().describe('The service.'),
    time: moment,
    traceId: z.string().nullable(),
    data: z
      .unknown()
      .transform((data) => cutTexts(data))
      .pipe(z.unknown())
      .describe('What the event says, without names; long texts are cut.'),
  })
  .meta({ id: 'JournalEntry' });

export const journalQuery = z.object({
  system: systemIdSchema.optional(),
  subject: z.string().trim().min(1).max(200).optional().describe("A student's code, or `#<curriculum>/<semester>`."),
  type: z.string().min(1).max(100).optional(),
  since: givenMoment.optional(),
  before: givenMoment.optional(),
  limit,
  after: z.string().max(2_000).optional().describe('`next` of the page before.'),
});
export const journalSchema = z
  .object({ entries: z.array(entrySchema), next: z.string().optional() })
  .meta({ id: 'Journal' });
