import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { log } from '#platform';
import { addressOf } from './data-source.js';
import { databaseTrouble, isDatabaseAway } from './database-away.js';
import { ConnectionLostError, openWatchedConnection, type WatchedConnection } from './watched-connection.js';

/** A session lock that somebody holds on a connection of its own. */
export interface Lease {
  /** Aborts when the lock may be in other hands: stop at once, touch nothing more. Not by {@link release}. */
  lost: AbortSignal;
  /** Gives the lock back. Never throws; the second call does nothing. */
  release(): Promise<void>;
}

/** PostgreSQL's advisory locks are 64-bit numbers: the first eight bytes of the key's SHA-256, signed. */
export const lockNumber = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE(0);

/**
 * Runs `work` while no other holder of `key`, in any process on this database, runs.
 *
 * The lock lives on its own connection, not in the pool. Waiting survives a lost connection as long as the server can
 * be reached. When the connection is lost during the work, `held` aborts with {@link ConnectionLostError}: another
 * process may have the lock now. Work that cares passes `held` on to its calls; its result is returned either way.
 * Not re-entrant: work that asks for its own key waits for itself.
 */
export async function withAdvisoryLock<T>(
  dataSource: DataSource,
  key: string,
  work: (held: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
  connections?: RestingConnections,
): Promise<T> {
  const url = addressOf(dataSource);
  return inTurn(`${url} ${key}`, async () => {
    const lease = await hold(url, key, signal, connections);
    try {
      return await work(lease.lost);
    } finally {
      await lease.release();
    }
  });
}

/** Rest between attempts while the server cannot be reached. Milliseconds. */
const restBetweenAttempts = [200, 500, 1_000, 2_000, 5_000];

/**
 * Waits until the lock is ours: leader election. Keeps trying while the server is away.
 * `signal` ends the waiting (the promise rejects with its reason); it does not take back a lease once given.
 */
export async function acquireLease(url: string, key: string, signal: AbortSignal): Promise<Lease> {
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await hold(url, key, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (databaseTrouble(error)) throw error; // will not mend itself within this process
      if (attempt === 0) log('Lease').warn('cannot reach the database, trying again', { key, error });
      const rest = restBetweenAttempts[Math.min(attempt, restBetweenAttempts.length - 1)];
      await sleep(rest, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** Connects and waits in the server's queue for the lock. A connection lost while waiting is replaced. */
async function hold(url: string, key: string, signal?: AbortSignal, connections?: RestingConnections): Promise<Lease> {
  for (;;) {
    signal?.throwIfAborted();
    const connection = connections?.take() ?? (await openWatchedConnection(url, `lock ${key}`));
    const giveUp = (): void => void connection.close();
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp(); // while the connection was being made: nobody would wake it from the queue
    try {
      connection.pauseHeartbeat();
      await connection.client.query('select pg_advisory_lock($1::bigint)', [lockNumber(key).toString()]);
      connection.resumeHeartbeat();
      signal?.throwIfAborted();
      return leaseOn(connection, key, connections);
    } catch (error) {
      const lost = connection.lost.reason instanceof ConnectionLostError || isDatabaseAway(error);
      await connection.close();
      signal?.throwIfAborted();
      if (!lost) throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function leaseOn(connection: WatchedConnection, key: string, connections?: RestingConnections): Lease {
  const lost = new AbortController();
  let released = false;
  const onLost = (): void => {
    if (!released) lost.abort(connection.lost.reason);
  };
  if (connection.lost.aborted) onLost();
  else connection.lost.addEventListener('abort', onLost, { once: true });
  return {
    lost: lost.signal,
    release: async () => {
      if (released) return;
      released = true;
      if (connection.lost.aborted) return;
      // Unlocked in words, so that the next holder need not wait until the server has noticed the closed connection.
      const unlock = connection.client.query('select pg_advisory_unlock($1::bigint)', [lockNumber(key).toString()]);
      const unlocked = await Promise.race([
        unlock.then(
          () => true,
          () => false,
        ),
        sleep(2_000, false, { ref: false }),
      ]);
      connection.lost.removeEventListener('abort', onLost);
      if (unlocked && connections) await connections.give(connection);
      else await connection.close();
    },
  };
}

/** Milliseconds after which a connection that nobody needed is closed. */
const longestRest = 20_000;

/**
 * Connections whose lock was given back, for whoever takes locks often: to connect anew costs PostgreSQL a process and
 * a proof of the password. They keep no process alive.
 */
export class RestingConnections {
  private readonly all = new Map<WatchedConnection, NodeJS.Timeout>();
  private closed = false;

  take(): WatchedConnection | undefined {
    for (const [connection, timer] of this.all) {
      clearTimeout(timer);
      this.all.delete(connection);
      if (connection.lost.aborted) continue;
      connection.occupy();
      return connection;
    }
    return undefined;
  }

  async give(connection: WatchedConnection): Promise<void> {
    if (this.closed) return connection.close();
    connection.rest();
    const timer = setTimeout(() => {
      this.all.delete(connection);
      void connection.close();
    }, longestRest);
    this.all.set(connection, timer.unref());
  }

  /** What is given back from now on is closed too. */
  async close(): Promise<void> {
    this.closed = true;
    for (let connection = this.take(); connection; connection = this.take()) await connection.close();
  }
}

/** Tails of the queues within this process: one waiting connection per key is enough. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(place: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(place) ?? Promise.resolve();
  const mine = before.then(work, work);
  const tail = mine.catch(() => undefined).finally(() => turns.get(place) === tail && turns.delete(place));
  turns.set(place, tail);
  return mine;
}
