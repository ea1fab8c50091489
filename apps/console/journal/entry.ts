import { eventTypes, type SynchronizationFailed } from '#contracts';
import type { Told } from '../failures/evidence.js';
import { readOwner } from '../failures/owner.js';
import { storable, storableText } from '../failures/storable.js';

/** One event as the journal keeps it. */
export interface Entry extends Told {
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
  const without = (...keys: string[]): Data =>
    Object.fromEntries(Object.entries(data).filter(([key]) => !['system', 'code', 'revision', ...keys].includes(key)));
  switch (type) {
    case eventTypes.StudentChanged:
      return without('person');
    case eventTypes.UserProvisioned: {
      const { state, moodleUserId, accountCreated } = data;
      return { state, moodleUserId, accountCreated };
    }
    default:
      return without('person');
  }
}

/** Reads an event of the journal; nothing where it is none of ours. Never throws. */
export function readEntry(body: Buffer, system: string, now: number): Entry | undefined {
  const owner = readOwner(body, false);
  if (owner.eventId === undefined || owner.eventType === undefined) return undefined;
  const event = JSON.parse(body.toString('utf8')) as { time?: string; data?: Data };
  const data = (event.data ?? {}) as Data;
  const { eventType: type } = owner;
  const at = Date.parse(event.time ?? '');
  const group = (data.study as { group?: unknown } | undefined)?.group;
  const failed = type === eventTypes.SynchronizationFailed;
  return {
    eventId: storableText(owner.eventId),
    type: storableText(type),
    system,
    subject: storableText(owner.subject ?? ''),
    source: storableText((owner.source ?? '').replace(/^\/itk\//, '')),
    at: Number.isFinite(at) ? at : now,
    data: storable(kept(type, data)) as Data,
    ...(owner.revision !== undefined && { revision: owner.revision }),
    ...(owner.traceId && { traceId: owner.traceId }),
    ...(failed && { kind: String(data.kind) }),
    ...(type === eventTypes.StudentReported && { told: String(data.told) }),
    ...(type === eventTypes.StudentChanged && typeof group === 'string' && { group: storableText(group) }),
    ...(failed &&
      data.deadLetter === undefined &&
      owner.code !== undefined && {
        failure: storable(data) as SynchronizationFailed,
      }),
  };
}
