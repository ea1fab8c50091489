import type { CloudEvent, Counts, Failure, Origin } from '#contracts';
import type { Delivery } from './delivery.js';
import type { RetryStep } from '../topology/topology.js';

/** What a dead letter's notice may add to what its body tells. */
export interface WhatWasDone {
  counts?: Counts;
  revision?: number;
  origin?: Origin;
}

/** What became of one message. */
export type Outcome =
  /** `follow` is published and confirmed before the message is acknowledged. */
  | { kind: 'done'; follow?: readonly CloudEvent[] }
  /** A newer revision has been seen: nothing was to do. */
  | { kind: 'superseded' }
  /** Tried again later, one step up the ladder, alone; dead when the ladder is used up. */
  | { kind: 'retry'; failure: Failure; from?: RetryStep; known?: WhatWasDone }
  /** Not its fault: back into its queue as it was, and the system pauses. */
  | { kind: 'handBack'; failure: Failure; error?: unknown; known?: WhatWasDone }
  /** Into the dead-letter queue, with a notice of what failed. */
  | { kind: 'dead'; failure: Failure; known?: WhatWasDone };

export const done = (follow: readonly CloudEvent[] = []): Outcome => ({
  kind: 'done',
  ...(follow.length > 0 && { follow }),
});
export const superseded = (): Outcome => ({ kind: 'superseded' });
export const retry = (failure: Failure, from?: RetryStep, known?: WhatWasDone): Outcome => ({
  kind: 'retry',
  failure,
  ...(from && { from }),
  ...(known && { known }),
});
export const handBack = (failure: Failure, error?: unknown): Outcome => ({ kind: 'handBack', failure, error });
export const dead = (failure: Failure, known?: WhatWasDone): Outcome => ({
  kind: 'dead',
  failure,
  ...(known && { known }),
});

/** The message has had its effect: it is acknowledged, and leaves no copy behind. */
export const isThrough = (outcome: Outcome): outcome is Extract<Outcome, { kind: 'done' | 'superseded' }> =>
  outcome.kind === 'done' || outcome.kind === 'superseded';

/** A batch handler's answer: one outcome for each message it was given, in any order. */
export type Answers = ReadonlyMap<Delivery, Outcome>;

/** One outcome for each. */
export const answers = <D extends Delivery>(
  deliveries: readonly D[],
  outcomeFor: (delivery: D, index: number) => Outcome,
): Answers => new Map(deliveries.map((delivery, index) => [delivery, outcomeFor(delivery, index)]));

/** The outcome that a failure of one message stands for. */
export function outcomeOf(failure: Failure, error?: unknown): Outcome {
  if (failure.kind === 'outage' || failure.kind === 'configuration') return handBack(failure, error);
  if (failure.kind === 'temporary') return retry(failure, timedOut(error) ? '15m' : undefined);
  return dead(failure);
}

/** An error of a client that gave up waiting: the other side may still be at the work. */
export const timedOut = (error: unknown): boolean => (error as { timedOut?: boolean } | undefined)?.timedOut === true;
