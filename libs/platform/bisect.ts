/** What became of each item, in the order given. */
export type Bisected<T, R> = { item: T; result: R } | { item: T; error: unknown };

/**
 * Tries all items at once; where that fails with an error that `isDivisible` takes for the fault of some item, tries
 * each half by itself, down to single items. An indivisible error (an outage) is thrown: what had been done stays done.
 *
 * `attempt` answers one result per item, in order, and must leave nothing behind when it throws. `alreadyFailed` is the
 * error with which all items together have just failed: they are not tried again.
 * With k bad ones among n: at most 1 + 2·k·⌈log2 n⌉ attempts.
 */
export async function bisect<T, R>(
  items: readonly T[],
  attempt: (items: readonly T[]) => Promise<readonly R[]>,
  isDivisible: (error: unknown) => boolean,
  alreadyFailed?: { error: unknown },
): Promise<Bisected<T, R>[]> {
  if (items.length === 0) return [];
  let failure = alreadyFailed;
  if (!failure) {
    try {
      const results = await attempt(items);
      return items.map((item, index) => ({ item, result: results[index] as R }));
    } catch (error) {
      if (!isDivisible(error)) throw error;
      failure = { error };
    }
  }
  if (items.length === 1) return [{ item: items[0] as T, error: failure.error }];
  const middle = Math.ceil(items.length / 2);
  const first = await bisect(items.slice(0, middle), attempt, isDivisible);
  return [...first, ...(await bisect(items.slice(middle), attempt, isDivisible))];
}
