import type { Counts, Failure, Origin } from '#contracts';
import type { RetryStep } from './topology.js';

/** What a dead letter's notice may add to what its body tells. */
export interface WhatWasDone {
  counts?: Counts;
  revision?: number;
  origin?: Origin;
}

/** What became of one message. */
export type Outcome =
  | { did: 'done' }
  /** A newer revision has been seen: nothing was to do. */
  | { did: 'superseded' }
  /** Tried again later, one step up the ladder, alone; dead when the ladder is used up. */
  | { did: 'retry'; failure: Failure; from?: RetryStep; known?: WhatWasDone }
  /** Not its fault: back into its queue as it was, and the system pauses. */
  | { did: 'handBack'; failure: Failure; error?: unknown; known?: WhatWasDone }
  /** Into the dead-letter queue, with a notice of what failed. */
  | { did: 'dead'; failure: Failure; known?: WhatWasDone };

export const done = (): Outcome => ({ did: 'done' });
export const superseded = (): Outcome => ({ did: 'superseded' });
export const retry = (failure: Failure, from?: RetryStep, known?: WhatWasDone): Outcome => ({
  did: 'retry',
  failure,
  ...(from && { from }),
  ...(known && { known }),
});
export const handBack = (failure: Failure, error?: unknown): Outcome => ({ did: 'handBack', failure, error });
export const dead = (failure: Failure, known?: WhatWasDone): Outcome => ({
  did: 'dead',
  failure,
  ...(known && { known }),
});

/** The outcome that a failure of one message stands for. */
export function outcomeOf(failure: Failure, error?: unknown): Outcome {
  if (failure.kind === 'outage' || failure.kind === 'configuration') return handBack(failure, error);
  if (failure.kind === 'temporary') return retry(failure, timedOut(error) ? '15m' : undefined);
  return dead(failure);
}

/** An error of a client that gave up waiting: the other side may still be at the work. */
export const timedOut = (error: unknown): boolean => (error as { timedOut?: boolean } | undefined)?.timedOut === true;
