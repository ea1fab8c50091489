import type { z } from 'zod';
import type { Access } from '../../permissions/access.js';
import type { FailureRow } from '../../ledger/entities/failures.js';
import type { editsOf } from '../edit/links.js';
import { storableText } from '../letter/storable.js';
import type { failureSchema } from './schemas.js';
import { withoutNames } from './without-names.js';

type Told = z.input<typeof failureSchema>;

/** Characters of a message that is no JSON; and bytes of one that is, beyond which it is shown as text. */
const longest = 64_000;

function messageTold(body: Buffer, seesNames: boolean): NonNullable<Told['message']> {
  const bytes = body.length;
  const text = body.toString('utf8');
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    event = undefined;
  }
  if (event === undefined || bytes > longest)
    return seesNames ? { bytes, text: storableText(text.slice(0, longest)), hidden: [] } : { bytes, hidden: ['(all)'] };
  if (seesNames) return { bytes, json: event, hidden: [] };
  const { event: json, hidden } = withoutNames(event);
  return { bytes, ...(json !== null && { json }), hidden };
}

/** One failure, for this reader. */
export function failureTold(row: FailureRow, links: Awaited<ReturnType<typeof editsOf>>, access: Access): Told {
  const { id, system, service, kind, cause, about, code, revision, state, firstSeen, lastSeen, askedAt, reason } = row;
  const { cure, eventType, origin, traceId, closedBy, replay, fingerprint: group, body } = row;
  const seesNames = access.may('names.see', system);
  return {
    ...{ id, system, service, kind, cause, about, code, revision, state, firstSeen, lastSeen, askedAt, reason },
    ...{ cure, eventType, origin, traceId, closedBy, replay, group, replayable: body !== null },
    causes: row.causes.map(({ cure: _, ...one }) => one),
    attempts: row.attempts
      .map(({ at: time, ru, en, ...attempt }) => ({ time, ...attempt, reason: { ru, en } }))
      .reverse(),
    notes: row.notes.map(({ at: time, by, text }) => ({ time, by, text: seesNames ? text : null })).reverse(),
    ...links,
    message: body && messageTold(body, seesNames),
  };
}
