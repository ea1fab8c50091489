import type { SynchronizationFailed } from '#contracts';
import { closedBy, type Evidence } from '../evidence.js';
import type { Failure } from '../failure.js';

/** 1C's own names of what it finds: by these its failures are folded. */
const errorOf1C = /\b(Status|Group|ES|Individual) Error\b/;

/**
 * A failure of which there is no dead letter: 1C found the fault itself, or its element could not be used. Nothing can
 * be replayed; once it is mended in 1C, 1C is asked again.
 */
export function withoutLetter(
  event: { id: string; time: number; traceId?: string; data: SynchronizationFailed },
  evidence: Evidence,
): Failure {
  const { system, origin, code, revision, stage, kind, cause, reason } = event.data;
  const about = event.data.about ?? errorOf1C.exec(reason.en)?.[0] ?? '';
  const date = new Date(event.time).toISOString();
  const closed = closedBy({ service: stage, revision, lastSeen: event.time }, evidence);
  return {
    id: `${event.id}/1c`,
    ...{ system, service: stage, kind, cause, about, reason, code, subject: code, revision, origin },
    eventType: 'itk.synchronization.failed.v1',
    ...(event.traceId && { traceId: event.traceId }),
    attempts: [{ at: date, kind, cause, about, ...reason }],
    deaths: [date],
    firstSeen: event.time,
    lastSeen: event.time,
    state: closed ? 'closed' : 'open',
    ...(closed && { closedBy: closed }),
    toldOn: 'no',
  };
}
