import { eventTypes, type SynchronizationFailed } from '#contracts';
import type { Facts } from '../failures/evidence.js';
import { isRecord, ownerOf } from '../failures/letter/owner.js';
import { isShallow, storable, storableText } from '../failures/letter/storable.js';

/** One event as the journal keeps it. */
export interface Entry extends Facts {
  eventId: string;
  type: string;
  system: string;
  /** The student's code, or `#<curriculum>/<semester>`. */
  subject: string;
  /** `onec-poller` */
  source: string;
  traceId?: string;
  /** The event's content without names. */
  data: Record<string, unknown>;
  /** Of a SynchronizationFailed of which there is no dead letter. */
  failure?: SynchronizationFailed;
}

type Data = Record<string, unknown>;

/**
 * What the journal keeps of an event: enough to tell what happened to a student, and no name. UserProvisioned repeats
 * what StudentChanged of the same pass has brought.
 */
function kept(type: string, data: Data): Data {
  if (type === eventTypes.UserProvisioned) {
    const { state, moodleUserId, accountCreated } = data;
    return { state, moodleUserId, accountCreated };
  }
  const { system: _, code: __, revision: ___, person: ____, ...rest } = data;
  return rest;
}

/**
 * Reads an event of the journal; nothing where it is none of ours. Never throws. `asIs`: its texts are known to be
 * storable; `now` (milliseconds) dates what carries no date.
 */
export function readEntry(event: unknown, system: string, asIs: boolean, now: number): Entry | undefined {
  if (!isRecord(event)) return undefined;
  const owner = ownerOf(event);
  if (owner.eventId === undefined || owner.eventType === undefined) return undefined;
  const { eventType: type } = owner;
  const data = isRecord(event.data) ? event.data : {};
  const text = asIs ? (given: string) => given : storableText;
  const stored = <T>(value: T): T => (asIs && isShallow(value) ? value : (storable(value) as T));
  const time = typeof event.time === 'string' ? Date.parse(event.time) : NaN;
  const group = isRecord(data.study) ? data.study.group : undefined;
  const entry: Entry = {
    eventId: text(owner.eventId),
    type: text(type),
    system,
    subject: text(owner.subject ?? ''),
    source: text((owner.source ?? '').replace(/^\/itk\//, '')),
    time: Number.isFinite(time) ? time : now,
    data: stored(kept(type, data)),
  };
  if (owner.revision !== undefined) entry.revision = owner.revision;
  if (owner.traceId) entry.traceId = owner.traceId;
  if (type === eventTypes.StudentReported) entry.told = String(data.told);
  if (type === eventTypes.StudentChanged && typeof group === 'string') entry.group = text(group);
  if (type === eventTypes.SynchronizationFailed) {
    entry.kind = text(String(data.kind));
    if (data.deadLetter === undefined && owner.code !== undefined)
      entry.failure = stored(data) as unknown as SynchronizationFailed;
  }
  return entry;
}
