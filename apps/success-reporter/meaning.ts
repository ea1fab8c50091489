import { eventTypes, isOfType, whatOneCHears, type CloudEvent } from '#contracts';
import { tellers, type WantedWord } from '#synchronizer';

/** A success with its own period, or *later*, whose period begins with the call. */
export interface ReporterWord extends WantedWord {
  told: 'synchronized' | 'later';
  /** Unix seconds; of a success. */
  validUntil?: number;
}

/** What an event asks of success-reporter. */
export type Meaning =
  | { is: 'word'; word: ReporterWord }
  /** 1C is told nothing, but the place in the window must be freed. */
  | { is: 'unheard' }
  /** Of no concern: IMS students are not 1C's, student failures are error-flagger's. */
  | { is: 'notOurs' };

export function meaningOf(event: CloudEvent): Meaning {
  if (isOfType(event, eventTypes.StudentSynchronized)) {
    const { origin, code, revision, validUntil } = event.data;
    if (origin === 'ims') return { is: 'notOurs' };
    return { is: 'word', word: { code, revision, told: 'synchronized', validUntil } };
  }
  if (isOfType(event, eventTypes.SynchronizationFailed)) {
    const { origin, code, revision, kind, stage, flaggedBy1C } = event.data;
    if (origin === 'ims' || flaggedBy1C || whatOneCHears(kind) !== 'later') return { is: 'notOurs' };
    // Whoever could not tell 1C cannot tell it that either.
    if (tellers.includes(stage)) return { is: 'unheard' };
    return { is: 'word', word: { code, revision, told: 'later' } };
  }
  return { is: 'notOurs' };
}
