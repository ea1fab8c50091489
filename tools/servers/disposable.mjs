import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { instanceNames, portsOf } from './instance.mjs';
import { local, removePlaces } from './machine/places.mjs';
import { isFree } from './machine/ports.mjs';
import { canHaveDisk, startPostgres as startCluster, stopPostgres } from './postgres/postgres.mjs';
import { startRabbit as startBroker, stopRabbit } from './rabbitmq/rabbitmq.mjs';
import { waitUntil } from './machine/processes.mjs';
import { watchOver } from './machine/watchdog.mjs';

export { canHaveDisk };

/**
 * Servers of a test's own, which it may kill, freeze and restart without disturbing its neighbours.
 * Data are thrown away at `stop`.
 * @import { ProcessRecord } from './machine/processes.mjs'
 * @import { Watchdog } from './machine/watchdog.mjs'
 * @import { PostgresServer } from './postgres/postgres.mjs'
 * @import { RabbitServer } from './rabbitmq/rabbitmq.mjs'
 *
 * @typedef {object} Disposable
 * @property {string} url
 * @property {number} pid the server's own process: the broker's Erlang, or PostgreSQL's head
 * @property {(signal?: NodeJS.Signals) => void} kill `SIGKILL` unless given; `SIGSTOP` and `SIGCONT` freeze and thaw
 * @property {() => Promise<void>} start after `kill`: begins again on the same ports with what the disk kept
 * @property {() => Promise<void>} restart an orderly stop and start on the same ports
 * @property {() => Promise<void>} stop ends it and throws its data away
 *
 * @typedef {object} OfRabbit
 * @property {string} api address of the management interface with its credentials
 * @property {string} ctl a script that runs rabbitmqctl against this broker
 * @typedef {Disposable & OfRabbit} DisposableRabbit
 *
 * @typedef {object} OfPostgres
 * @property {string} data the folder of its data
 * @property {string} disk where its small disk is mounted, for a tablespace; only the server sees it
 * @typedef {Disposable & OfPostgres} DisposablePostgres
 */

/** @param {string} kind */
function privateDirectory(kind) {
  const directory = join(local, 'private', `${kind}-${randomBytes(4).toString('hex')}`);
  mkdirSync(directory, { recursive: true });
  return directory;
}

/**
 * @template {{ url: string }} Server
 * @param {string} directory
 * @param {object} how
 * @param {(earlier: Server | undefined, spawned: Watchdog['add']) => Promise<Server>} how.start
 * @param {(server: Server) => Promise<unknown>} how.stop
 * @param {(server: Server) => Promise<unknown>} how.discard
 * @param {(server: Server) => ProcessRecord} how.head
 * @returns {Promise<{ handle: Disposable, current(): Server }>}
 */
async function disposable(directory, { start, stop, discard, head }) {
  /** @type {Server | undefined} */
  let server;
  /** @type {Watchdog | undefined} */
  let watchdog;
  const end = async () => {
    watchdog?.dismiss();
    if (server) await discard(server);
  };
  const begin = async () => {
    await end(); // what a killed server left: its epmd
    watchdog = watchOver();
    server = await start(server, watchdog.add);
  };
  await begin();
  const current = () => /** @type {Server} */ (server);
  const pid = () => /** @type {number} */ (head(current()).pid);
  return {
    current,
    handle: {
      get url() {
        return current().url;
      },
      get pid() {
        return pid();
      },
      kill: (signal = 'SIGKILL') => signalTo(pid(), signal),
      start: begin,
      restart: async () => {
        await stop(current());
        await begin();
      },
      stop: async () => {
        await end();
        removePlaces(directory);
      },
    },
  };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * A killed process is a zombie while its other threads still hold its sockets: begun again too early, a server would
 * settle on other ports, and nobody would find it.
 * @param {readonly number[]} ports
 */
async function freed(ports) {
  for (const port of ports) await waitUntil(() => isFree(port), { timeout: 30_000 });
}

/**
 * A broker of one's own, in about 5 s and 100 MB. `kill` then `start` is a crash with what its disk keeps; `restart`
 * is an orderly one.
 * @returns {Promise<DisposableRabbit>}
 */
export async function startRabbit() {
  const directory = privateDirectory('rabbit');
  /** @type {(earlier: RabbitServer | undefined, spawned: Watchdog['add']) => Promise<RabbitServer>} */
  const start = async (earlier, spawned) => {
    await freed(Object.values(earlier?.ports ?? {}));
    const taken = earlier ? [] : portsOf(instanceNames());
    return startBroker({ directory, spawned, ports: earlier?.ports, taken });
  };
  const { handle, current } = await disposable(directory, {
    start,
    stop: (server) => stopRabbit(server),
    discard: (server) => stopRabbit(server, { force: true }),
    head: (server) => server.broker ?? server,
  });
  return Object.defineProperties(/** @type {DisposableRabbit} */ (handle), {
    api: { get: () => current().api },
    ctl: { get: () => current().ctl },
  });
}

/**
 * A cluster of one's own, in about 1 s; `durable: false` for tests that never kill it. `url` is a superuser's;
 * `smallDisk` in megabytes, empty after every start.
 * @param {{ durable?: boolean, settings?: string[], smallDisk?: number }} options
 * @returns {Promise<DisposablePostgres>}
 */
export async function startPostgres({ durable = true, settings, smallDisk } = {}) {
  const directory = privateDirectory('postgres');
  /** @type {(earlier: PostgresServer | undefined, spawned: Watchdog['add']) => Promise<PostgresServer>} */
  const start = async (earlier, spawned) => {
    if (earlier) await freed([earlier.port]);
    const taken = earlier ? [] : portsOf(instanceNames());
    return startCluster({ directory, spawned, durable, port: earlier?.port, taken, settings, smallDisk });
  };
  const { handle, current } = await disposable(directory, {
    start,
    stop: stopPostgres,
    discard: stopPostgres,
    head: (server) => server,
  });
  return Object.defineProperties(/** @type {DisposablePostgres} */ (handle), {
    data: { get: () => current().data },
    disk: { get: () => current().disk },
  });
}
