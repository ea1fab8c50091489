import { z } from 'zod';
import { bilingual, lastKnown, moment, reason, shortText } from '../http/schemas.js';

const numbers = {
  groups: z.int(),
  persons: z.int(),
  memberships: z.int(),
  problems: z.int().describe('Records that could not be taken.'),
  coursesNew: z.int().describe('Courses that a file names for the first time.'),
  created: z.int().describe('Persons.'),
  changed: z.int(),
  removed: z.int(),
  again: z.int().describe('Unchanged, tried again because the last try failed.'),
  membershipsNew: z.int(),
  membershipsRemoved: z.int(),
};
const changeState = z.enum(['waiting', 'underWay', 'done', 'failed']);

const file = {
  id: z.int(),
  name: shortText,
  content: z.enum(['snapshot', 'delta']),
  state: z.enum(['claimed', 'held', 'applied', 'rejected', 'discarded']),
  claimedAt: moment,
  finishedAt: moment.nullable(),
  filedAs: shortText.nullable().describe('Where it lies, below the drop folder.'),
  counts: z.object(numbers).meta({ id: 'ImsCounts' }).nullable(),
  damage: bilingual.nullable().describe('Why nothing of it was applied.'),
  decision: z
    .object({ decision: z.enum(['released', 'discarded']), by: shortText, why: shortText })
    .meta({ id: 'ImsDecision' })
    .nullable(),
  outcomes: z.partialRecord(changeState, z.int()).describe('Persons whom it changes, by what has become of them.'),
};

export const filesSchema = z
  .object({
    systems: z
      .array(
        z
          .object({
            system: z.string(),
            ...lastKnown,
            files: z.array(z.object(file).meta({ id: 'ImsFile' })).describe('The newest first, 200 at the most.'),
          })
          .meta({ id: 'ImsSystem' }),
      )
      .describe('That files feed.'),
  })
  .meta({ id: 'ImsFiles' });

export const fileSchema = z
  .object({
    ...file,
    problems: z
      .array(
        z
          .object({
            line: z.int(),
            element: shortText,
            code: shortText.nullable(),
            cause: z.string(),
            reason: bilingual,
          })
          .meta({ id: 'ImsProblem' }),
      )
      .describe('200 at the most; the report beside the file has all.'),
    changes: z
      .array(
        z
          .object({
            code: shortText,
            change: z.enum(['created', 'changed', 'removed', 'again']),
            state: changeState,
            cause: z.string().nullable(),
            reason: bilingual.nullable(),
          })
          .meta({ id: 'ImsChange' }),
      )
      .describe('By code, 200 at a time.'),
  })
  .meta({ id: 'ImsFileWhole' });

export const fileNumber = z.coerce.number().int().positive();
export const changesQuery = z.object({
  after: z.string().max(64).optional().describe('The code after which to go on.'),
  state: changeState.optional(),
});
export const decisionBody = z
  .object({
    files: z.array(z.int().positive()).min(1).max(200).optional().describe('Absent: all that are held.'),
    reason,
  })
  .meta({ id: 'ImsDecisionOrder' });
