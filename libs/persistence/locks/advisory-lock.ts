import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Notification } from 'pg';
import type { DataSource } from 'typeorm';
import { log } from '#platform';
import { addressOf } from '../connection/data-source.js';
import { databaseTrouble, proveWritable } from '../connection/database-away.js';
import { leaseChannel, sharedConnection, type SharedConnection } from './shared-connection.js';
import { Turns } from './turns.js';
import type { AskOne, WatchedConnection } from '../connection/watched-connection.js';

/** A session lock on the connection that all locks of this process share. */
export interface Lease {
  /** Aborts when the lock may be in other hands: stop at once, touch nothing more. Not by {@link release}. */
  lost: AbortSignal;
  /** Gives the lock back. Never throws; the second call does nothing. */
  release(): Promise<void>;
}

/** PostgreSQL's advisory locks are 64-bit numbers: the first eight bytes of the key's SHA-256, signed. */
export const lockNumber = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE(0);

/**
 * Who waits for `key` first takes this one, and gives it back with `key` in hand. So a process that wants the same lock
 * again and again does not get it before those who wait elsewhere.
 */
export const nextInLine = (key: string): string => `next ${key}`;

/**
 * Runs `work` while no other holder of `key`, in this or any other process on this database, runs.
 *
 * Waiting survives a lost connection as long as the server can be reached; a server that is away or refuses is the
 * caller's to judge. When the connection is lost during the work, `held` aborts with ConnectionLostError: another
 * process may have the lock now. Work that cares passes `held` on to its calls; its result is returned either way.
 * Not re-entrant: work that asks for its own key waits for itself.
 */
export async function withAdvisoryLock<T>(
  dataSource: DataSource,
  key: string,
  work: (held: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const lease = await hold(addressOf(dataSource), key, signal);
  try {
    return await work(lease.lost);
  } finally {
    await lease.release();
  }
}

/** Rest between attempts while the server cannot be reached, or refuses. Milliseconds. */
const restBetweenAttempts = [200, 500, 1_000, 2_000, 5_000];

const restAfter = (attempt: number, signal?: AbortSignal): Promise<void> =>
  sleep(restBetweenAttempts[Math.min(attempt, restBetweenAttempts.length - 1)], undefined, {
    signal,
    ref: false,
  }).catch(() => undefined);

/**
 * Waits until the lock is ours: leader election. Keeps trying while the server is away or refuses.
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
      if (attempt === 0) log('Lease').warn('the database is away, trying again', { key, error });
      await restAfter(attempt, signal);
    }
  }
}

const turns = new Turns();

/** Rejects at once when `signal` aborts, whatever hangs; what comes of it later is given back. */
function hold(url: string, key: string, signal?: AbortSignal): Promise<Lease> {
  if (signal) setMaxListeners(0, signal); // of a service that closes: all its waits listen
  const lease = holdInTurn(url, key, signal);
  return orAborted(lease, signal, () => void lease.then((late) => late.release()).catch(() => undefined));
}

async function holdInTurn(url: string, key: string, signal?: AbortSignal): Promise<Lease> {
  const pass = await turns.take(`${url} ${key}`, signal);
  const shared = sharedConnection(url);
  shared.enter();
  const end = (): void => {
    shared.leave();
    pass();
  };
  try {
    return leaseOn(await waitFor(shared, key, signal), key, end);
  } catch (error) {
    end();
    throw error;
  }
}

/** A connection lost while waiting is replaced. */
async function waitFor(shared: SharedConnection, key: string, signal?: AbortSignal): Promise<WatchedConnection> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    const connection = await orAborted(shared.connect(), signal);
    try {
      await waitOn(connection, key, signal);
      return connection;
    } catch (error) {
      signal?.throwIfAborted();
      if (!connection.lost.aborted) throw error;
    }
    await restAfter(attempt, signal);
  }
}

/** Milliseconds between two looks at a lock that is held; news of its release come sooner, that of a death does not. */
const shortestLook = 50;
const longestLook = 1_000;

const queueUp = `select case when not pg_try_advisory_lock($2::bigint) then 'behind'
  when not pg_try_advisory_lock($1::bigint) then 'next'
  when pg_advisory_unlock($2::bigint) then 'held' end as place`;
const lookAgain = `select case when not pg_try_advisory_lock($1::bigint) then 'next'
  when pg_advisory_unlock($2::bigint) then 'held' end as place`;

/** Looks again and again: to wait in the server's queue would make everybody else on this connection wait. */
async function waitOn(connection: WatchedConnection, key: string, signal?: AbortSignal): Promise<void> {
  const { ask, lost } = connection;
  const own = numberOf(key);
  const next = numberOf(nextInLine(key));
  let mayHold: string[] = [];
  const news = new News(own);
  const deaf = connection.onNotification(news.hear);
  try {
    await proveWritable(ask);
    let place: Place = 'behind';
    for (let looks = 0; ; looks++) {
      news.forget();
      mayHold = [own, next]; // whatever becomes of the question
      place = await look(ask, place === 'next' ? lookAgain : queueUp, [own, next]);
      mayHold = { behind: [], next: [next], held: [own] }[place];
      lost.throwIfAborted();
      signal?.throwIfAborted();
      if (place === 'held') {
        if (looks > 0) tell(ask, own); // somebody else may be the next in line
        return;
      }
      const rest = Math.min(longestLook, shortestLook * 2 ** looks) * (0.75 + Math.random() / 2);
      await news.within(rest, signal ? [lost, signal] : [lost]);
    }
  } catch (error) {
    await unlock(connection, own, mayHold);
    throw error;
  } finally {
    deaf();
  }
}

type Place = 'behind' | 'next' | 'held';

async function look(ask: AskOne, sql: string, locks: string[]): Promise<Place> {
  const [row] = await ask<{ place: Place }>(sql, locks);
  return row!.place;
}

const numberOf = (key: string): string => lockNumber(key).toString();

/** Gives back what this session may hold. A lock that cannot be given back would keep everybody out: then all go. */
async function unlock(connection: WatchedConnection, own: string, locks = [own]): Promise<void> {
  const { ask, lost } = connection;
  for (let attempt = 0; locks.length > 0 && !lost.aborted; attempt++) {
    try {
      await ask('select pg_advisory_unlock(lock) from unnest($1::bigint[]) lock', [locks]);
      return tell(ask, own);
    } catch (error) {
      if (attempt === 2) connection.lose(error);
      else await restAfter(attempt, lost);
    }
  }
}

/** News are a courtesy: whoever does not get them looks by itself. */
const tell = (ask: AskOne, lock: string): void =>
  void ask('select pg_notify($1, $2)', [leaseChannel, lock]).catch(() => undefined);

/** News of one lock, also those that come between a look and the rest after it. */
class News {
  private heard = false;
  private wake: (() => void) | undefined;

  constructor(private readonly lock: string) {}

  readonly hear = ({ channel, payload }: Notification): void => {
    if (channel !== leaseChannel || payload !== this.lock) return;
    this.heard = true;
    this.wake?.();
  };

  forget(): void {
    this.heard = false;
  }

  /** Also when one of the signals aborts. */
  async within(milliseconds: number, signals: AbortSignal[]): Promise<void> {
    if (this.heard || signals.some((signal) => signal.aborted)) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds).unref();
      for (const signal of signals) signal.addEventListener('abort', this.woken);
    });
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', this.woken);
  }

  private readonly woken = (): void => this.wake?.();
}

/** `end` when the lock is free for others of this process. */
function leaseOn(connection: WatchedConnection, key: string, end: () => void): Lease {
  const lost = new AbortController();
  const onLost = (): void => lost.abort(connection.lost.reason);
  if (connection.lost.aborted) onLost();
  else connection.lost.addEventListener('abort', onLost, { once: true });
  let released: Promise<void> | undefined;
  return {
    lost: lost.signal,
    release: () => {
      connection.lost.removeEventListener('abort', onLost);
      released ??= unlock(connection, numberOf(key)).finally(end);
      return Promise.race([released, sleep(2_000, undefined, { ref: false })]);
    },
  };
}

/** The promise, or the signal's reason, whichever comes first; `giveUp` when it is the reason. */
function orAborted<T>(promise: Promise<T>, signal?: AbortSignal, giveUp?: () => void): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason as Error);
      giveUp?.();
    };
    const stay = (): void => signal.removeEventListener('abort', leave);
    promise.then(
      (value) => (stay(), resolve(value)),
      (error: unknown) => (stay(), reject(error as Error)),
    );
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
