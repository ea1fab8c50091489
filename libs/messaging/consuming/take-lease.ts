import { acquireLease, type Lease } from '#persistence';

/** Waits until no other replica consumes the queue; rejects when `stop` aborts. */
export type TakeLease = (queue: string, stop: AbortSignal) => Promise<Lease>;

/** One process at a time for each queue, over all replicas on this database. */
export const leaseOn =
  (databaseUrl: string): TakeLease =>
  (queue, stop) =>
    acquireLease(databaseUrl, `consume ${queue}`, stop);
