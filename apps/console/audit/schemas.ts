import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { givenMoment, limit, moment } from '../http/schemas.js';

const word = z.string().min(1).max(200);

export const auditQuery = z.object({
  by: word.optional(),
  action: word.optional().describe('Its beginning: `replay`, `replay.start`.'),
  system: systemIdSchema.optional(),
  about: word.optional(),
  since: givenMoment.optional(),
  before: givenMoment.optional(),
  limit,
  after: z.coerce.number().int().positive().optional().describe('`id` of the last entry of the page before.'),
});

export const auditSchema = z
  .object({
    entries: z.array(
      z
        .object({
          id: z.string(),
          time: moment,
          by: z.string(),
          action: z.string(),
          system: z.string().nullable(),
          about: z.string().nullable().describe('The id of what it was done to: a failure, a replay, a student.'),
          reason: z.string().nullable(),
          fields: z.array(z.string()).describe('What was given or changed, by name.'),
          outcome: z.enum(['done', 'failed']).nullable().describe('Null: it is not known; the process may have died.'),
          number: z.number().nullable().describe('How many it touched.'),
        })
        .meta({ id: 'AuditEntry' }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'Audit' });
