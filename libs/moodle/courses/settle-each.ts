import type { z } from 'zod';
import type { Failure } from '#contracts';
import { bisect } from '#platform';
import { MoodleRefusal } from '../errors.js';
import { byRecord, refusedByDatabase } from '../failures/of-the-database.js';
import { inBatches } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import { countLeaves, type FormRecord } from '../transport/form.js';
import type { Settled } from '../types.js';

export interface ListCall<T, A, R> {
  name: string;
  /** The parameter that holds the list. */
  list: string;
  form: (record: T) => FormRecord;
  /** What no other call in flight may touch. */
  keys: (record: T) => string[];
  answer: z.ZodType<A>;
  results: (records: readonly T[], answer: A) => readonly R[];
  explain: (record: T, error: MoodleRefusal) => Promise<Failure>;
}

/** A function that takes a list in one transaction: in batches, what is refused bisected, each with an answer of its own. */
export function settleEach<T, A, R>(
  caller: Caller,
  records: readonly T[],
  call: ListCall<T, A, R>,
): Promise<Settled<R>[]> {
  const { name, list, form, keys, answer, results, explain } = call;
  const attempt = async (some: readonly T[]): Promise<readonly R[]> => {
    const touched = [...new Set(some.flatMap(keys))];
    return results(some, await caller.call(name, { [list]: some.map(form) }, answer, touched));
  };
  const batching = {
    budget: caller.budget,
    leavesOf: (record: T) => countLeaves(form(record)),
    most: 500,
    width: caller.options.concurrency,
  };
  return inBatches(records, batching, async (batch) => {
    const tried = byRecord(attempt);
    const parts = await bisect(batch, tried.attempt, tried.isDivisible);
    return Promise.all(
      parts.map(async (part): Promise<Settled<R>> => {
        if ('result' in part) return { ok: part.result };
        const { error } = part;
        if (!(error instanceof MoodleRefusal)) return { failure: refusedByDatabase(form(part.item), 'unexplained') };
        return { failure: await explain(part.item, error) };
      }),
    );
  });
}
