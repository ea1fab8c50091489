import { z } from 'zod';
import { bilingual, id, moment, naiveDate, paged, piece, system, text, total, version } from '../schemas.js';
import { columnarLines, columnsSchema, isWhole, referredSchema, wholeOnly } from './columns.js';
import { documentStates } from './list.js';

const display = z.enum(['all', 'empty']);
const head = {
  id: z.uuid(),
  number: z.string(),
  date: z.string().describe('In the time of the infobase.'),
  dateByHand: z.boolean().describe('Else the date becomes the moment of posting.'),
  system: z.string().nullable().describe('Code of the ELS; null: not chosen yet, or its lines are of several.'),
  comment: z.string(),
  author: z.string().describe('Surname and initials.'),
  posted: z.boolean(),
  marked: z.boolean().describe('For deletion.'),
  version: z.int(),
  display: display.nullable().describe('Which bindings the form showed last.'),
  writtenBy: z.string().describe('Login.'),
  writtenAt: moment,
  postedAt: moment.nullable().describe('The last posting, cancelled since or not.'),
};
export const headSchema = z.object(head).meta({ id: 'DocumentHead' });

export const documentsQuery = z.object({
  ...paged,
  state: z.enum(documentStates).optional(),
  system: system.optional(),
  author: piece.optional(),
  text: piece.optional().describe('A piece of number, author or comment.'),
  curriculum: piece.optional().describe('Code: documents with a line of it.'),
  since: naiveDate.optional(),
  until: naiveDate.optional(),
});
export const documentsSchema = z.object({
  documents: z.array(
    z
      .object({ ...head, lines: z.int(), changed: z.int().describe('Lines with Change.') })
      .meta({ id: 'ListedDocument' }),
  ),
  total,
});
export const authorsSchema = z.object({ authors: z.array(z.string()) });

const content = {
  system: system.nullable(),
  comment: text(1_000),
  date: naiveDate.nullable().describe('Set by hand; null: the moment of posting.'),
  display: display.nullable(),
  ...columnarLines,
};
export const newDocument = z.object(content).refine(isWhole, wholeOnly);
export const savedDocument = z.object({ version, ...content }).refine(isWhole, wholeOnly);

export const documentSchema = z
  .object({ ...head, ...referredSchema, lines: columnsSchema })
  .meta({ id: 'BindingDocument' });

const shown = z.object({ course: z.int(), period: z.string() });
const movedLine = z
  .object({
    line: z.int().describe('Number of the line, from 1.'),
    discipline: z.string(),
    newer: z.boolean().describe('A newer record stands there: posting would be without effect.'),
    changed: z.boolean().describe('Somebody has moved the binding since it was shown.'),
    courseId: z.int(),
    shown: shown.nullable(),
    now: shown
      .extend({ document: z.string(), number: z.string().nullable(), author: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'MovedLine' });
const touchedGroup = z
  .object({
    system: z.string(),
    group: z.string().describe('Code of the group.'),
    name: z.string(),
    curriculum: z.string(),
    semester: z.int(),
    students: z.int(),
  })
  .meta({ id: 'TouchedGroup' });
const touched = { students: z.int(), groups: z.array(touchedGroup) };

export const foreseenSchema = z
  .object({
    version: z.int(),
    date: z.string(),
    faults: z.array(z.object({ line: z.int().optional(), text: bilingual })).describe('What stands against posting.'),
    moved: z.array(movedLine).describe('What has to be seen before posting.'),
    accept: z.string().describe('Sent with the posting: exactly these moved lines have been seen.'),
    ...touched,
  })
  .meta({ id: 'ForeseenPosting' });
export const foreseenCancellingSchema = z.object({ version: z.int(), ...touched }).meta({ id: 'ForeseenCancelling' });

export const posting = z.object({
  version,
  accept: z.string().max(100).default('').describe('`accept` of what was foreseen; empty: nothing had to be seen.'),
});
export const ofVersion = z.object({ version });
export const versionQuery = z.object({ version: z.coerce.number().pipe(version) });
export const marking = z.object({ version, marked: z.boolean() });
export { id };
