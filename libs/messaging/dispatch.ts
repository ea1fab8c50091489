import type { Delivery } from './delivery.js';
import { failureOf } from './failure-of.js';
import { outcomeOf, type Outcome } from './outcome.js';

export type BatchHandler = (deliveries: Delivery[]) => Promise<Outcome[]>;

/** A handler answered with fewer or more outcomes than it was given messages: a fault of the program. */
export class AnswersMissingError extends Error {
  override name = 'AnswersMissingError';
  constructor(given: number, answered: number) {
    super(`the handler was given ${given} messages and answered for ${answered}: it must return one outcome for each`);
  }
}

/** Failures that speak of the whole system, or that a later try alone will tell apart: no use to divide the batch. */
const ofTheWhole = new Set(['outage', 'configuration', 'temporary']);
const divisible = (error: unknown): boolean => {
  const { kind, cause } = failureOf(error);
  return cause === 'unexpected-error' || !ofTheWhole.has(kind);
};

/** Has the handler work on a batch and gives every message an outcome, whatever the handler throws. Never rejects. */
export async function dispatch(
  deliveries: readonly Delivery[],
  handler: BatchHandler,
  onError: (error: unknown, size: number) => void = () => {},
): Promise<Outcome[]> {
  const attempt = async (batch: readonly Delivery[]): Promise<Outcome[]> => {
    try {
      const outcomes = await handler([...batch]);
      if (outcomes?.length !== batch.length) throw new AnswersMissingError(batch.length, outcomes?.length ?? 0);
      return outcomes;
    } catch (error) {
      onError(error, batch.length);
      throw error;
    }
  };
  // Halves are tried one by one: an error of the whole in one half must not take back what the other half did.
  const settle = async (batch: readonly Delivery[]): Promise<Outcome[]> => {
    try {
      return await attempt(batch);
    } catch (error) {
      if (batch.length === 1 || !divisible(error)) return batch.map(() => outcomeOf(failureOf(error), error));
      const middle = Math.ceil(batch.length / 2);
      return [...(await settle(batch.slice(0, middle))), ...(await settle(batch.slice(middle)))];
    }
  };
  return deliveries.length === 0 ? [] : settle(deliveries);
}
