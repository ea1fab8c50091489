import { z } from 'zod';
import { replaySchema } from '../../replay/schemas.js';
import { bilingual, reason, wholeText } from '../../http/schemas.js';
import { failureId } from '../api/schemas.js';
import { editablePath } from './fields.js';

const value = z.union([wholeText, z.number()]).nullable().describe('Null: it is not there.');

export const formQuery = z.object({ id: failureId });
export const formSchema = z
  .object({
    why: bilingual.nullable().describe('Why the message cannot be edited; null: it can.'),
    fields: z.array(
      z
        .object({
          path: z.string().describe('`person.lastname`, `courses.0.id`'),
          type: z.enum(['text', 'number', 'moment', 'role']).describe('`moment`: Unix seconds.'),
          value,
          optional: z.boolean(),
          choices: z.array(z.string()).optional().describe('Of a role.'),
        })
        .meta({ id: 'EditField' }),
    ),
  })
  .meta({ id: 'EditForm' });

const edits = z
  .array(
    z
      .object({
        path: z.string().regex(editablePath),
        value: z.union([z.string().max(1_000), z.number()]).nullable(),
      })
      .meta({ id: 'Edit' }),
  )
  .min(1)
  .max(1_000);

export const tryBody = z.object({ id: failureId, edits }).meta({ id: 'EditTry' });
export const triedSchema = z
  .object({
    why: bilingual.nullable().describe('Why the message cannot be edited any more.'),
    changes: z.array(z.object({ path: z.string(), before: value, after: value }).meta({ id: 'EditChange' })),
    issues: z
      .array(z.object({ path: z.string(), message: bilingual }).meta({ id: 'EditIssue' }))
      .describe('Why it may not be sent so.'),
  })
  .meta({ id: 'EditTried' });

export const editBody = z.object({ id: failureId, edits, reason }).meta({ id: 'EditOrder' });
export const editedSchema = z
  .object({
    replay: replaySchema,
    event: z.string().describe('Id of the new event.'),
    revision: z.number(),
    fields: z.array(z.string()),
    onDuty: z.boolean().describe('False: no console works at the moment; it is sent when one does.'),
  })
  .meta({ id: 'Edited' });
