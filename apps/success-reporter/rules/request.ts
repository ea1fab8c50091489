import { eventTypes, isOfType, whatOneCHears, type CloudEvent } from '#contracts';
import { reporters, type Report, type ReportRequest } from '#reporting';

/** A success with its own period, or *later*, whose period begins with the call. */
export type OutcomeReport =
  | (Report & {
      told: 'synchronized';
      /** Unix seconds. */
      validUntil: number;
    })
  | (Report & { told: 'later' });

/** What an event asks of success-reporter. IMS students are not 1C's; student failures are error-flagger's. */
export function requestOf(event: CloudEvent): ReportRequest<OutcomeReport> {
  if (isOfType(event, eventTypes.StudentSynchronized)) {
    const { origin, code, revision, validUntil } = event.data;
    if (origin === 'ims') return { kind: 'ignore' };
    return { kind: 'tell', report: { code, revision, told: 'synchronized', validUntil } };
  }
  if (isOfType(event, eventTypes.SynchronizationFailed)) {
    const { origin, code, revision, kind, stage, flaggedBy1C } = event.data;
    if (origin === 'ims' || flaggedBy1C || whatOneCHears(kind) !== 'later') return { kind: 'ignore' };
    // Whoever could not tell 1C cannot tell it that either.
    if (reporters.includes(stage)) return { kind: 'freePlace' };
    return { kind: 'tell', report: { code, revision, told: 'later' } };
  }
  return { kind: 'ignore' };
}
