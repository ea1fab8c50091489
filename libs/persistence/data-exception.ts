/** SQLSTATE class 22: PostgreSQL cannot hold a value of the statement (a NUL, half a surrogate pair, a number too large). */
function isDataException(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return /^22...$/.test(String(driverError?.code ?? code));
}

/** A record with a value that the database cannot hold. */
export interface Unstored<T> {
  record: T;
  error: unknown;
}

/**
 * Stores all records at once; where the database cannot hold a value of theirs, by halves, down to the record. The
 * others are stored. `store` leaves nothing behind when it throws: one statement, or a transaction of its own. Every
 * other error is thrown.
 */
export async function storeByHalves<T>(
  records: readonly T[],
  store: (some: readonly T[]) => Promise<unknown>,
): Promise<Unstored<T>[]> {
  try {
    await store(records);
    return [];
  } catch (error) {
    if (!isDataException(error) || records.length === 0) throw error;
    if (records.length === 1) return [{ record: records[0]!, error }];
    const middle = Math.ceil(records.length / 2);
    const unstored = await storeByHalves(records.slice(0, middle), store);
    return [...unstored, ...(await storeByHalves(records.slice(middle), store))];
  }
}
