import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway, proveWritable } from './database-away.js';

/** How often an idle connection is asked whether it lives, and how long the answer may take. Milliseconds. */
const heartbeat = 3_000;
const answerWithin = 5_000;
/**
 * After so long without a word the server ends the session and frees what it holds: the process stands still (stopped,
 * swapped out, its machine suspended), and keep-alive does not notice, for its kernel answers. Milliseconds.
 */
const forgottenAfter = 30_000;
/** Opening and parting, each as a whole. Milliseconds. */
const openWithin = 10_000;
const partWithin = 2_000;

/** The connection to PostgreSQL went away (or stopped answering). What it held - locks, subscriptions - is gone. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';
}

/** Sends one statement; those of all who share the connection go one after another. */
export type AskOne = <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;

export interface WatchedConnection {
  ask: AskOne;
  onNotification(listener: (news: pg.Notification) => void): () => void;
  /** Aborts when the connection is lost or closed; its reason is a {@link ConnectionLostError} unless it was closed. */
  lost: AbortSignal;
  /** Nobody needs it now: it keeps no process alive. */
  rest(): void;
  /** Somebody needs it again. */
  occupy(): void;
  /** What it holds can no longer be relied on: it is cut, and whoever uses it hears why. */
  lose(why: unknown): void;
  /** Never throws, never takes long: what does not say goodbye is cut. */
  close(): Promise<void>;
}

/**
 * A connection of its own, outside any pool, that notices its own death: TCP keep-alive on both ends (so that the
 * server, too, frees the locks of a client whose machine vanished) and a cheap query every few seconds. A client that
 * asks nothing for `forgotten` milliseconds is ended by the server (PostgreSQL 14 and newer).
 * `signal` gives up the opening; it does not close what was opened.
 */
export async function openWatchedConnection(
  url: string,
  purpose: string,
  signal?: AbortSignal,
  forgotten = forgottenAfter,
): Promise<WatchedConnection> {
  signal?.throwIfAborted();
  const client = new pg.Client({
    connectionString: url,
    application_name: `itk ${purpose}`.slice(0, 63),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: openWithin,
  });
  const lost = new AbortController();
  setMaxListeners(0, client, lost.signal); // whoever shares it listens
  const beating: { timer?: NodeJS.Timeout } = {};
  const lose = (why: unknown): void => {
    clearInterval(beating.timer);
    if (!lost.signal.aborted)
      lost.abort(new ConnectionLostError(`connection for "${purpose}" is lost`, { cause: why }));
    cut(client);
  };
  client.on('error', lose);
  client.on('end', () => lose(undefined));
  await opened(client, purpose, forgotten, signal);

  let before: Promise<unknown> = Promise.resolve();
  const ask: AskOne = async (sql, values) => {
    const answer = before
      .then(() => client.query(sql, values))
      .catch((error: unknown) => {
        if (isFarewell(error)) lose(error);
        throw error;
      });
    before = answer.catch(() => undefined);
    return (await answer).rows as never;
  };

  let asking = false;
  const beat = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const late = setTimeout(() => lose(new Error(`no answer within ${answerWithin} ms`)), answerWithin);
    late.unref();
    // A server that refuses has answered: the connection lives, and with it all that it holds.
    await ask('select 1').catch((error: unknown) => error instanceof pg.DatabaseError || lose(error));
    clearTimeout(late);
    asking = false;
  };
  if (!lost.signal.aborted) beating.timer = setInterval(() => void beat(), heartbeat).unref();

  return {
    ask,
    onNotification: (listener) => {
      client.on('notification', listener);
      return () => void client.off('notification', listener);
    },
    lost: lost.signal,
    rest: () => streamOf(client)?.unref(),
    occupy: () => streamOf(client)?.ref(),
    lose,
    close: async () => {
      clearInterval(beating.timer);
      if (lost.signal.aborted) return;
      lost.abort(new Error(`connection for "${purpose}" was closed`));
      await part(client);
    },
  };
}

/** The server ends this session (SQLSTATE 57P01 to 57P05) and says so to the question under way, before the line is cut. */
const isFarewell = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^57P0[1-5]$/.test(error.code ?? '');

/** Connects to a server that can write: locks can be had on a standby too, and whoever holds one goes on to write. */
async function opened(client: pg.Client, purpose: string, forgotten: number, signal?: AbortSignal): Promise<void> {
  const giveUp = (): void => cut(client);
  const late = setTimeout(giveUp, openWithin);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await client.connect().catch((error: Error & { code?: string }) => {
      cut(client);
      if (!isDatabaseAway(error)) throw error;
      const { code } = error;
      const lost = new ConnectionLostError(`no connection for "${purpose}": ${error.message}`, { cause: error });
      throw Object.assign(lost, { code });
    });
    await proveWritable((sql) => client.query(sql)).catch(async (error: unknown) => {
      await part(client);
      throw new ConnectionLostError(`no connection for "${purpose}" that can write`, { cause: error });
    });
    // By statement: a pooler may refuse start parameters.
    await client
      .query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3')
      .catch(() => undefined);
    await client.query(`set idle_session_timeout = ${forgotten}`).catch(() => undefined);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** `client.end()` may wait for ever for a server that does not answer. */
async function part(client: pg.Client): Promise<void> {
  const over = new AbortController();
  await Promise.race([
    client.end().catch(() => undefined),
    sleep(partWithin, undefined, { signal: over.signal }).catch(() => undefined),
  ]);
  over.abort();
  cut(client);
}

function cut(client: pg.Client): void {
  streamOf(client)?.destroy();
}

const streamOf = (client: pg.Client): Socket | undefined =>
  (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;
