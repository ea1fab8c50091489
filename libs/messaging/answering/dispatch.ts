import type { CloudEvent } from '#contracts';
import { bisect } from '#platform';
import type { Delivery } from './delivery.js';
import { failureOf } from './failure-of.js';
import { outcomeOf, type Answers, type Outcome } from './outcome.js';

export type BatchHandler = (deliveries: Delivery[]) => Promise<Answers>;

/** A handler did not answer for each message that it was given, or for others: a fault of the program. */
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

/**
 * Has the handler work on a batch, publishes what follows, and gives every message an outcome, whatever is thrown. What
 * is answered as done has had all that follows confirmed. Never rejects.
 */
export async function dispatch(
  deliveries: readonly Delivery[],
  handler: BatchHandler,
  publish: (follow: CloudEvent[]) => Promise<void>,
  onError: (error: unknown, size: number) => void = () => {},
): Promise<Answers> {
  const attempt = async (batch: readonly Delivery[]): Promise<Outcome[]> => {
    try {
      const given = await handler([...batch]);
      const answered = batch.filter((delivery) => given?.has(delivery)).length;
      if (answered < batch.length || given.size > batch.length) throw new AnswersMissingError(batch.length, answered);
      const follow = [...given.values()].flatMap((outcome) => (outcome.kind === 'done' ? (outcome.follow ?? []) : []));
      if (follow.length > 0) await publish(follow);
      return batch.map((delivery) => given.get(delivery)!);
    } catch (error) {
      onError(error, batch.length);
      if (divisible(error)) throw error;
      // Answered, not thrown: an error of the whole in one half must not take back what the other half did.
      return batch.map(() => outcomeOf(failureOf(error), error));
    }
  };
  const settled = await bisect(deliveries, attempt, () => true);
  return new Map(
    settled.map((one) => [one.item, 'error' in one ? outcomeOf(failureOf(one.error), one.error) : one.result]),
  );
}
