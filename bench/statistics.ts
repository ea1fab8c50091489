/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Median of the ratios of each round's pair: what the machine does to a round it does to both of the pair.
 * @param ours and @param theirs one value a round, same order
 */
export function pairRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError(`${ours.length} values beside ${theirs.length}`);
  return median(ours.map((value, round) => value / theirs[round]!));
}

/** Smallest and largest ratio of the pairs, as `0.81 - 0.93`. */
export function pairSpread(ours: readonly number[], theirs: readonly number[]): string {
  const ratios = ours.map((value, round) => value / theirs[round]!);
  return `${Math.min(...ratios).toFixed(2)} - ${Math.max(...ratios).toFixed(2)}`;
}
