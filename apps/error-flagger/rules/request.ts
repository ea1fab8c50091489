import { eventTypes, isOfType, type CloudEvent } from '#contracts';
import type { Report, ReportRequest } from '#reporting';

export interface FlagReport extends Report {
  told: 'error';
}

/** What an event asks of error-flagger. Not of concern: not 1C's students, and kinds of which 1C hears *later*. */
export function requestOf(event: CloudEvent): ReportRequest<FlagReport> {
  if (!isOfType(event, eventTypes.SynchronizationFailed)) return { kind: 'ignore' };
  const { origin, code, revision, kind, flaggedBy1C } = event.data;
  if (origin === 'ims' || kind !== 'student') return { kind: 'ignore' };
  return { kind: flaggedBy1C ? 'note' : 'tell', report: { code, revision, told: 'error' } };
}
