import type { Socket } from 'node:net';
import pg from 'pg';
import { isDatabaseAway, proveWritable } from './database-away.js';

/** How often an idle connection is asked whether it lives, and how long the answer may take. Milliseconds. */
const heartbeat = 3_000;
const answerWithin = 5_000;

/** The connection to PostgreSQL went away (or stopped answering). What it held - locks, subscriptions - is gone. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';
}

export interface WatchedConnection {
  client: pg.Client;
  /** Aborts when the connection is lost or closed; its reason is a {@link ConnectionLostError} unless it was closed. */
  lost: AbortSignal;
  /** While a query may block for long (waiting for a lock), the heartbeat would queue behind it. */
  pauseHeartbeat(): void;
  resumeHeartbeat(): void;
  /** Nobody needs it now: it keeps no process alive. */
  rest(): void;
  /** Somebody needs it again. */
  occupy(): void;
  /** Never throws, never takes long: what does not say goodbye is cut. */
  close(): Promise<void>;
}

/**
 * A connection of its own, outside any pool, that notices its own death: TCP keep-alive on both ends (so that the
 * server, too, frees the locks of a client whose machine vanished) and a cheap query every few seconds.
 */
export async function openWatchedConnection(url: string, purpose: string): Promise<WatchedConnection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `itk ${purpose}`.slice(0, 63),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
  });
  const lost = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const lose = (why: unknown): void => {
    clearInterval(timer);
    if (!lost.signal.aborted)
      lost.abort(new ConnectionLostError(`connection for "${purpose}" is lost`, { cause: why }));
    cut(client);
  };
  client.on('error', lose);
  client.on('end', () => lose(undefined));
  await client.connect().catch(async (error: Error & { code?: string }) => {
    await client.end().catch(() => undefined);
    if (!isDatabaseAway(error)) throw error;
    throw Object.assign(new ConnectionLostError(`no connection for "${purpose}": ${error.message}`, { cause: error }), {
      code: error.code,
    });
  });
  // Locks can be had on a standby too, and whoever holds one goes on to write.
  await proveWritable((sql) => client.query(sql)).catch(async (error: unknown) => {
    await client.end().catch(() => undefined);
    throw new ConnectionLostError(`no connection for "${purpose}" that can write`, { cause: error });
  });
  // By statement: a pooler may refuse start parameters.
  await client
    .query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3')
    .catch(() => undefined);
  // A waiter whose process died must not stay in the queue for the lock; not every platform can check that.
  await client.query(`set client_connection_check_interval = '2s'`).catch(() => undefined);

  let asking = false;
  const beat = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const late = setTimeout(() => lose(new Error(`no answer within ${answerWithin} ms`)), answerWithin);
    late.unref();
    await client.query('select 1').catch(lose);
    clearTimeout(late);
    asking = false;
  };
  const resumeHeartbeat = (): void => {
    clearInterval(timer);
    if (lost.signal.aborted) return;
    timer = setInterval(() => void beat(), heartbeat);
    timer.unref();
  };
  resumeHeartbeat();

  return {
    client,
    lost: lost.signal,
    pauseHeartbeat: () => clearInterval(timer),
    resumeHeartbeat,
    rest: () => streamOf(client)?.unref(),
    occupy: () => streamOf(client)?.ref(),
    close: async () => {
      clearInterval(timer);
      if (lost.signal.aborted) return;
      lost.abort(new Error(`connection for "${purpose}" was closed`));
      const goodbye = setTimeout(() => cut(client), 2_000);
      await client.end().catch(() => undefined);
      clearTimeout(goodbye);
    },
  };
}

/** `client.end()` waits for queries in flight; a dead peer would never finish them. */
function cut(client: pg.Client): void {
  streamOf(client)?.destroy();
}

const streamOf = (client: pg.Client): Socket | undefined =>
  (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;
