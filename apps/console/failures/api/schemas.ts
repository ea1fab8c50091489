import { z } from 'zod';
import { failureKinds, originSchema, systemIdSchema } from '#contracts';
import { complaint } from '#http-api';
import {
  bilingual,
  givenMoment,
  limit,
  moment,
  reason,
  severalOf,
  shortText,
  wholeBilingual,
  wholeText,
} from '../../http/schemas.js';
import { editOutcomes } from '../edit/links.js';
import { states } from '../failure.js';

const word = z.string().max(200);
const kind = z.enum(failureKinds);
export const failureId = z.string().min(1).max(600);

/** By what failures are chosen, in an address or in a body. What is absent does not matter. */
const filters = {
  system: systemIdSchema.optional(),
  service: word.optional(),
  kind: kind.optional(),
  cause: word.optional(),
  about: word.optional(),
  code: word.optional(),
  group: z
    .string()
    .regex(/^[0-9a-f]{1,10}$/)
    .optional()
    .describe('A group of failures by cause.'),
  since: givenMoment.optional().describe('Last seen from then on.'),
  before: givenMoment.optional().describe('Last seen before then.'),
  text: word.optional().describe('A piece of the reason, in either language, or of the id.'),
};

export const groupsQuery = z.object(filters);
export const listQuery = z.object({
  ...filters,
  states: severalOf(z.enum(states)).describe('Absent: open and replaying.'),
  limit,
  after: z.string().max(2_000).optional().describe('`next` of the page before.'),
});
export const csvQuery = z.object({ ...filters, states: severalOf(z.enum(states)) });
export const countQuery = z.object(filters);
export const oneQuery = z.object({ id: failureId });

const selected = z.object({
  ...filters,
  ids: z.array(failureId).min(1).max(10_000).optional(),
  all: z.literal(true).optional().describe('Everything: it has to be said.'),
});
/** Nothing is done to everything by leaving something out. */
export const selectionSchema = selected
  .refine(
    (selection) => Object.values(selection).some((value) => value !== undefined),
    complaint(
      'Выберите ошибки, группу или фильтр; для всех: all',
      'Choose failures, a group or a filter; for all of them: all',
    ),
  )
  .meta({ id: 'Selection' });

export const listedSchema = z
  .object({
    id: z.string(),
    system: z.string(),
    service: z.string(),
    kind,
    cause: shortText,
    about: shortText,
    code: z
      .string()
      .nullable()
      .describe("The student's; null: the message could not be read, or speaks of no student."),
    revision: z.number().nullable(),
    state: z.enum(states),
    attempts: z.int(),
    firstSeen: moment,
    lastSeen: moment,
    askedAt: moment.nullable().describe('1C was asked again.'),
    reason: bilingual,
    group: z.string(),
    replayable: z.boolean().describe('There is a message that can be put back.'),
  })
  .meta({ id: 'ListedFailure' });
export const listSchema = z
  .object({
    total: z.int().describe('Of the whole selection.'),
    failures: z.array(listedSchema),
    next: z.string().optional().describe('For the page after this one; absent: there is none.'),
  })
  .meta({ id: 'FailureList' });

export const groupSchema = z
  .object({
    group: z.string(),
    system: z.string(),
    service: z.string(),
    kind,
    cause: shortText,
    about: shortText,
    failures: z.int(),
    students: z.int(),
    shared: z.int().describe('Of the failures, those of several causes: they stand in other groups, too.'),
    replaying: z.int().describe('Of the failures, those on their way again.'),
    firstSeen: moment,
    lastSeen: moment,
    reason: bilingual,
    cure: bilingual.nullable(),
    example: z.string().describe('Id of the newest failure.'),
    trend: z
      .array(z.int())
      .describe('Failures that were tried in vain, by hour: 24 numbers, the last one of the present hour.'),
  })
  .meta({ id: 'FailureGroup' });
export const groupsSchema = z
  .object({ groups: z.array(groupSchema), trendFrom: moment.describe('When the first hour of the trends begins.') })
  .meta({ id: 'FailureGroups' });

export const countSchema = z
  .object({
    failures: z.int().describe('Open, and with a message: these would be replayed.'),
    students: z.int(),
    withoutMessage: z.int().describe('Open, but 1C itself found the fault: only 1C can be asked again.'),
    replaying: z.int(),
    archived: z.int(),
    shared: z.int().describe('Of `failures`, those of several causes: they stand in several groups.'),
  })
  .meta({ id: 'FailureCount' });

const attempt = z
  .object({ time: z.string(), kind: shortText, cause: shortText, about: shortText, reason: bilingual })
  .meta({ id: 'Attempt' });
const note = z
  .object({
    time: z.string(),
    by: shortText,
    text: wholeText.nullable().describe('Null: this reader may not see names, and a note may hold some.'),
  })
  .meta({ id: 'Note' });

export const failureSchema = z
  .object({
    ...listedSchema.omit({ attempts: true }).shape,
    reason: wholeBilingual.describe('The whole of it, within 20,000 letters.'),
    cure: wholeBilingual.nullable(),
    eventType: shortText.nullable(),
    origin: originSchema.nullable(),
    traceId: z.string().nullable(),
    closedBy: shortText.nullable(),
    replay: z.string().nullable().describe('The replay that put it back last.'),
    causes: z
      .array(
        z
          .object({ group: z.string(), kind, cause: shortText, about: shortText, reason: bilingual })
          .meta({ id: 'OneCause' }),
      )
      .describe('Where it has several: each of them, and the group that it makes; else none.'),
    attempts: z.array(attempt).describe('Newest first.'),
    notes: z.array(note).describe('Newest first.'),
    edits: z
      .array(
        z
          .object({
            event: z.string().describe('Id of the event that was sent in its place.'),
            revision: z.number(),
            replay: z.string(),
            by: z.string(),
            time: moment,
            fields: z.array(z.string()).describe('What was changed, by name.'),
            outcome: z
              .enum(editOutcomes)
              .describe('`overtaken`: 1C has offered the student anew, and that counts. `notSent`: it was stopped.'),
            failures: z.array(z.string()).describe('Failures that came of it, the newest first.'),
          })
          .meta({ id: 'FailureEdit' }),
      )
      .describe('How its message was edited and sent anew, newest first.'),
    editedFrom: z
      .object({ failure: z.string(), by: z.string(), time: moment, fields: z.array(z.string()) })
      .nullable()
      .describe('The failure whose message was edited to this one.'),
    message: z
      .object({
        json: z.unknown().optional().describe('The event, where the message is JSON.'),
        text: z.string().optional().describe('Else the beginning of the text.'),
        bytes: z.int(),
        hidden: z.array(z.string()).describe('Fields that this reader may not see; they are not in it.'),
      })
      .nullable()
      .describe('Null: there is no message.'),
  })
  .meta({ id: 'Failure' });

export const noteBody = z
  .object({ selection: selectionSchema, text: z.string().trim().min(1).max(2_000) })
  .meta({ id: 'NewNote' });
export const archiveBody = z.object({ selection: selectionSchema, reason }).meta({ id: 'Archive' });
export const restoreBody = z.object({ selection: selectionSchema }).meta({ id: 'Restore' });
export const askBody = z.object({ selection: selectionSchema, reason: reason.optional() }).meta({ id: 'AskAgain' });

export const askedSchema = z
  .object({
    systems: z.array(
      z
        .object({
          system: z.string(),
          asked: z.array(z.string()).describe('1C offers these students again.'),
          refused: z.array(z.object({ code: z.string(), reason: z.string() })),
          byHand: z
            .object({ register: z.string(), els: z.string(), codes: z.array(z.string()) })
            .optional()
            .describe('This 1C has no Reoffer: which rows of its register a person deletes, to the same effect.'),
          failure: bilingual.optional().describe('1C could not be asked.'),
        })
        .meta({ id: 'AskedSystem' }),
    ),
  })
  .meta({ id: 'Asked' });
