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

/** Records that a call keeps where it is cut only to give every lane work: smaller, the call itself costs too much. */
export const leastPerLane = 25;

interface Cutting {
  /** Values a call may hold. */
  limit: number;
  most: number;
  width: number;
}

const sumOf = (leaves: readonly number[]): number => leaves.reduce((sum, count) => sum + count, 0);
const fewestCalls = (leaves: readonly number[], { limit, most }: Cutting): number =>
  Math.max(Math.ceil(sumOf(leaves) / limit), Math.ceil(leaves.length / most), 1);

/**
 * How many records go into each call: as few calls as hold them, and then as many more as give the last round of lanes
 * work, all of about the same size. For that sake alone no call gets fewer than `leastPerLane` records.
 */
export function callSizes(leaves: readonly number[], cutting: Cutting): number[] {
  const fewest = fewestCalls(leaves, cutting);
  const forAllLanes = Math.ceil(fewest / cutting.width) * cutting.width;
  let calls = Math.max(fewest, Math.min(forAllLanes, Math.floor(leaves.length / leastPerLane)));
  const sizes: number[] = [];
  for (let rest = leaves; rest.length > 0; rest = rest.slice(sizes.at(-1))) {
    sizes.push(nextSize(rest, calls, cutting));
    calls--;
  }
  return sizes;
}

function nextSize(leaves: readonly number[], wanted: number, cutting: Cutting): number {
  const calls = Math.max(wanted, fewestCalls(leaves, cutting));
  const share = sumOf(leaves) / calls;
  const least = leaves.length >= leastPerLane * calls ? leastPerLane : 1;
  const largest = Math.min(cutting.most, Math.max(1, leaves.length - least * (calls - 1)));
  let size = 0;
  let sum = 0;
  for (const count of leaves) {
    if (size > 0 && (sum + count > cutting.limit || size === largest || (sum >= share && size >= least))) break;
    sum += count;
    size++;
  }
  return size;
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
  let cutFor = -1;
  let sizes: number[] = [];
  /** Cut once for all of them, and anew when something is put back or the site has proved to bear less. */
  const takeNext = (): typeof waiting => {
    const limit = budget.limit - fixedLeaves;
    if (sizes.length === 0 || cutFor !== limit) {
      const leaves = waiting.map((each) => each.leaves);
      [cutFor, sizes] = [limit, callSizes(leaves, { limit, most, width })];
    }
    const batch = waiting.slice(0, sizes.shift());
    waiting = waiting.slice(batch.length);
    return batch;
  };

  const worker = async (): Promise<void> => {
    while (waiting.length > 0 && !failed) {
      const batch = takeNext();
      try {
        const answers = await send(batch.map(({ record }) => record));
        batch.forEach(({ index }, place) => (results[index] = answers[place] as R));
      } catch (error) {
        if (error instanceof MoodleCallTruncated && batch.length > 1) {
          budget.halve(fixedLeaves + batch.reduce((sum, { leaves }) => sum + leaves, 0), error.failure);
          waiting = [...batch, ...waiting];
          sizes = [];
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
