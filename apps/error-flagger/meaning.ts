import type { SynchronizationFailed } from '#contracts';
import type { WantedWord } from '#synchronizer';

export interface FlaggerWord extends WantedWord {
  told: 'error';
}

/** What a failure asks of error-flagger. */
export type Meaning =
  | { is: 'flag'; word: FlaggerWord }
  /** 1C has set the Error row itself: nothing to tell, but the place in the window is free. */
  | { is: 'flaggedBy1C'; word: FlaggerWord }
  /** Of no concern: not 1C's student, or a kind of which 1C hears *later* from success-reporter. */
  | { is: 'notOurs' };

export function meaningOf({ origin, code, revision, kind, flaggedBy1C }: SynchronizationFailed): Meaning {
  if (origin === 'ims' || kind !== 'student') return { is: 'notOurs' };
  return { is: flaggedBy1C ? 'flaggedBy1C' : 'flag', word: { code, revision, told: 'error' } };
}
