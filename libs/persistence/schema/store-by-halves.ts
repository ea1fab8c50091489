import { bisect } from '#platform';

/**
 * SQLSTATE classes 22 (PostgreSQL cannot hold a value: a NUL, half a surrogate pair, a number too large), 23 (it breaks a
 * constraint) and 54 (it is too long or too deep): the data's own fault.
 */
function isOfTheData(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return /^(22|23|54)...$/.test(String(driverError?.code ?? code));
}

/** A record with a value that the database cannot hold. */
export interface Unstored<T> {
  record: T;
  error: unknown;
}

/**
 * Stores all records at once; where the database cannot hold a value of theirs, by halves, down to the record. The
 * others are stored. `store` leaves nothing behind when it throws: one statement, or a transaction of its own. Every
 * other error is thrown. Also called where there is no record.
 */
export async function storeByHalves<T>(
  records: readonly T[],
  store: (some: readonly T[]) => Promise<unknown>,
): Promise<Unstored<T>[]> {
  if (records.length === 0) {
    await store(records);
    return [];
  }
  const settled = await bisect(records, async (some) => (await store(some), some), isOfTheData);
  return settled.flatMap((one) => ('error' in one ? [{ record: one.item, error: one.error }] : []));
}
