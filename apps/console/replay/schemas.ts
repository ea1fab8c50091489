import { z } from 'zod';
import { selectionSchema } from '../failures/api/schemas.js';
import { bilingual, givenMoment, limit, moment, reason, severalOf, shortText } from '../http/schemas.js';
import { itemStates } from '../ledger/entities/replay-items.js';
import { largestBatch } from './replays.js';

const itemState = z.enum(itemStates);

export const orderBody = z
  .object({
    selection: selectionSchema,
    limit: z.int().min(1).optional().describe('No more than so many, the oldest first.'),
    batchSize: z.int().min(1).max(largestBatch).optional().describe('Messages in one flight; absent: 200.'),
    rate: z
      .number()
      .positive()
      .max(10_000)
      .optional()
      .describe('Messages a second; absent: as fast as the broker takes them.'),
    tryFirst: z
      .boolean()
      .optional()
      .describe('One goes first; the others when it is through, and not at all when it fails.'),
    reason: reason.optional(),
  })
  .meta({ id: 'ReplayOrder' });

export const stopBody = z.object({ reason: reason.optional() }).meta({ id: 'ReplayStop' });

export const replaySchema = z
  .object({
    id: z.string(),
    by: z.string(),
    what: z.record(z.string(), z.unknown()).describe('What was chosen.'),
    state: z.enum(['running', 'stopped', 'done']).describe('`done`: all is sent; outcomes may still be missing.'),
    remark: bilingual.nullable().describe('Why it was stopped.'),
    batchSize: z.int(),
    rate: z.number().nullable(),
    tryFirst: z.boolean(),
    createdAt: moment,
    endedAt: moment.nullable(),
    items: z
      .record(itemState, z.int())
      .describe('Messages by what became of them. `sent`: the outcome is not known yet.'),
  })
  .meta({ id: 'Replay' });

export const orderedSchema = z
  .object({
    replay: replaySchema,
    taken: z.int().describe('Messages that it puts back.'),
    underWay: z.int().describe('Chosen too, but on their way in another replay.'),
    withoutMessage: z.int().describe('Chosen too, but without a message: only 1C can be asked again.'),
    onDuty: z.boolean().describe('False: no console works at the moment; it begins when one does.'),
  })
  .meta({ id: 'ReplayOrdered' });

export const replaysQuery = z.object({ limit, before: givenMoment.optional().describe('Begun before then.') });
export const replaysSchema = z.object({ replays: z.array(replaySchema) }).meta({ id: 'Replays' });
export const replayId = z.uuid();

export const itemsQuery = z.object({
  states: severalOf(itemState),
  limit,
  after: z.coerce.number().int().min(0).optional().describe('Position of the last item before.'),
});
export const itemsSchema = z
  .object({
    items: z.array(
      z
        .object({
          failure: z.string(),
          position: z.int(),
          state: itemState,
          remark: shortText.nullable(),
          sentAt: moment.nullable(),
          endedAt: moment.nullable(),
          system: z.string().nullable(),
          code: z.string().nullable(),
          reason: bilingual.nullable(),
        })
        .meta({ id: 'ReplayItem' }),
    ),
  })
  .meta({ id: 'ReplayItems' });
