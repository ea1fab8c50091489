import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { instanceNames, readState } from './instance.mjs';
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
 */

function takenPorts() {
  return instanceNames().flatMap((name) => {
    const { postgres, rabbit } = readState(name);
    return [postgres?.port, ...Object.values(rabbit?.ports ?? {})].filter(Boolean);
  });
}

function privateDirectory(kind) {
  const directory = join(local, 'private', `${kind}-${randomBytes(4).toString('hex')}`);
  mkdirSync(directory, { recursive: true });
  return directory;
}

function disposable(directory, start, { stop, discard, kill }) {
  let server;
  let watchdog;
  const end = async (how) => {
    watchdog?.dismiss();
    if (server) await how(server);
  };
  const begin = async () => {
    await end(discard); // what a killed server left: its epmd
    watchdog = watchOver();
    server = await start(server, watchdog.add);
  };
  const handle = {
    get url() {
      return server.url;
    },
    get pid() {
      return (server.broker ?? server).pid;
    },
    get api() {
      return server.api;
    },
    get ctl() {
      return server.ctl;
    },
    get data() {
      return server.data;
    },
    get disk() {
      return server.disk;
    },
    kill: (signal = 'SIGKILL') => kill(server, signal),
    start: begin,
    restart: async () => {
      await stop(server);
      await begin();
    },
    stop: async () => {
      await end(discard);
      removePlaces(directory);
    },
  };
  return begin().then(() => handle);
}

function signalTo(server, signal) {
  try {
    process.kill(server.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * A killed process is a zombie while its other threads still hold its sockets: begun again too early, a server would
 * settle on other ports, and nobody would find it.
 */
async function freed(ports) {
  for (const port of ports) await waitUntil(() => isFree(port), { timeout: 30_000 });
}

/** A broker of one's own. `kill` then `start` is a crash with what its disk keeps; `restart` is an orderly one. */
export function startRabbit() {
  const directory = privateDirectory('rabbit');
  return disposable(
    directory,
    async (earlier, spawned) => {
      await freed(Object.values(earlier?.ports ?? {}));
      return startBroker({ directory, spawned, ports: earlier?.ports, taken: earlier ? [] : takenPorts() });
    },
    {
      stop: (server) => stopRabbit(server),
      discard: (server) => stopRabbit(server, { force: true }),
      kill: (server, signal) => signalTo(server.broker ?? server, signal),
    },
  );
}

/** A cluster of one's own; `durable: false` for tests that never kill it. */
export function startPostgres({ durable = true, settings, smallDisk } = {}) {
  const directory = privateDirectory('postgres');
  return disposable(
    directory,
    async (earlier, spawned) => {
      if (earlier) await freed([earlier.port]);
      const { port } = earlier ?? {};
      const taken = earlier ? [] : takenPorts();
      return startCluster({ directory, spawned, durable, port, taken, settings, smallDisk });
    },
    { stop: stopPostgres, discard: stopPostgres, kill: signalTo },
  );
}
