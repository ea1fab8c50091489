import { z } from 'zod';
import { code, naiveDate, paged, piece, system, total } from '../schemas.js';
import { errorKinds } from './rows.js';

const flag = z.enum(['true', 'false']).transform((given) => given === 'true');
const kind = z.enum(errorKinds).describe('What 1C found wrong itself, or `Moodle`: the toolkit told the error.');

export const rowsQuery = z.object({
  ...paged,
  system: system.optional(),
  error: flag.optional(),
  live: flag.optional().describe('The period is not over: the row hides the student.'),
  kind: kind.optional(),
  text: piece.optional().describe("A piece of the student's code, or of the group's name."),
});
const rowKey = { system, student: code, period: naiveDate };
export const rowsSchema = z.object({
  rows: z.array(
    z
      .object({
        system: z.string(),
        student: z.string(),
        period: z.string().describe('Until when it is valid, in the time of the infobase.'),
        error: z.boolean(),
        live: z.boolean(),
        kind: kind.nullable(),
        text: z.string().nullable().describe('What 1C said of the student.'),
        group: z.string().nullable(),
      })
      .meta({ id: 'SynchronizationRow' }),
  ),
  total,
});

const selection = z.union([
  z.strictObject({ rows: z.array(z.object(rowKey)).min(1).max(5_000) }),
  z.strictObject({
    filter: z.strictObject({
      system: system.optional(),
      error: z.boolean().optional(),
      live: z.boolean().optional(),
      kind: kind.optional(),
      text: piece.optional(),
    }),
  }),
]);
export const foreseenRows = z.object({ selection });
export const deletedRows = z.object({ selection, expected: z.int().min(0).describe('`rows` of what was foreseen.') });
export const touchedSchema = z
  .object({
    rows: z.int(),
    live: z.int().describe('Of these still hiding their students.'),
    students: z.int(),
  })
  .meta({ id: 'TouchedRows' });
export const editedRow = z.object({ ...rowKey, to: z.object({ period: naiveDate, error: z.boolean() }) });
