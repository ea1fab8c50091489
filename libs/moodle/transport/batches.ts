import { MoodleCallTruncated, MoodleTemporary } from '../errors.js';
import type { LeafBudget } from './budget.js';

export interface Batching<T> {
  budget: LeafBudget;
  leavesOf: (record: T) => number;
  /** Values of the call beside the records. */
  fixedLeaves?: number;
  /** Records a call may hold at the most. */
  most: number;
  /** Batches under way at a time. */
  width: number;
}

/** How many of the first records go into the next call: as few calls as possible, all of about the same size. */
export function nextBatch(leaves: readonly number[], limit: number, most: number): number {
  const total = leaves.reduce((sum, count) => sum + count, 0);
  const calls = Math.max(Math.ceil(total / limit), Math.ceil(leaves.length / most), 1);
  const share = total / calls;
  let taken = 0;
  let sum = 0;
  for (const count of leaves) {
    if (taken > 0 && (sum + count > limit || sum >= share || taken === most)) break;
    sum += count;
    taken++;
  }
  return taken;
}

/**
 * Sends all records in batches and answers one result per record, in order. A batch that lost its end is put back and
 * the budget halved. The first error stops the sending; it is thrown when what is under way has ended.
 */
export async function inBatches<T, R>(
  records: readonly T[],
  { budget, leavesOf, fixedLeaves = 0, most, width }: Batching<T>,
  send: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const results = new Array<R>(records.length);
  let waiting = records.map((record, index) => ({ record, index, leaves: leavesOf(record) }));
  let failed = false;

  const worker = async (): Promise<void> => {
    while (waiting.length > 0 && !failed) {
      const size = nextBatch(
        waiting.map(({ leaves }) => leaves),
        budget.limit - fixedLeaves,
        most,
      );
      const batch = waiting.slice(0, size);
      waiting = waiting.slice(size);
      try {
        const answers = await send(batch.map(({ record }) => record));
        batch.forEach(({ index }, place) => (results[index] = answers[place] as R));
      } catch (error) {
        if (error instanceof MoodleCallTruncated && batch.length > 1) {
          budget.halve(fixedLeaves + batch.reduce((sum, { leaves }) => sum + leaves, 0));
          waiting = [...batch, ...waiting];
        } else {
          failed = true;
          throw error;
        }
      }
    }
  };
  // A worker that finds nothing waiting may be needed again when a batch is put back: its own worker goes on with it.
  const ends = await Promise.allSettled(Array.from({ length: width }, worker));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
}

/** While a refused batch is taken apart, parts of it may stand already: it must not be put back and sent again. */
export async function partlyDone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof MoodleCallTruncated ? new MoodleTemporary(error.failure, { cause: error }) : error;
  }
}
