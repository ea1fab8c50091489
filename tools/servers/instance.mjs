import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, tryLock } from './machine/lock.mjs';
import { instanceDirectory, local, removePlaces } from './machine/places.mjs';
import { startPostgres, stopPostgres } from './postgres/postgres.mjs';
import { endServer, isRunning, recordOf } from './machine/processes.mjs';
import { startRabbit, stopRabbit } from './rabbitmq/rabbitmq.mjs';
import { watchOver } from './machine/watchdog.mjs';

/**
 * An instance is one PostgreSQL and one RabbitMQ with data of their own: `start` (npm start), `test`
 * (npm test), `dev` (left running for a developer, see `developers`). What runs is written down in `.local/<name>/instance.json`.
 */
export const developers = 'dev';
const stateFile = (name) => join(instanceDirectory(name), 'instance.json');

export function readState(name) {
  try {
    return JSON.parse(readFileSync(stateFile(name), 'utf8'));
  } catch {
    return {};
  }
}

export function writeState(name, state) {
  const file = stateFile(name);
  mkdirSync(instanceDirectory(name), { recursive: true });
  writeFileSync(
    `${file}.new`,
    JSON.stringify(state, (key, value) => (key === 'failure' ? undefined : value), 2),
    {
      mode: 0o600,
    },
  );
  renameSync(`${file}.new`, file);
}

export function instanceNames() {
  if (!existsSync(local)) return [];
  return readdirSync(local).filter((name) => existsSync(stateFile(name)));
}

/** Ports that other instances of this checkout have written down: free now perhaps, but not ours. */
function portsOfOthers(name) {
  return instanceNames()
    .filter((other) => other !== name)
    .flatMap((other) => {
      const { postgres, rabbit } = readState(other);
      return [postgres?.port, ...Object.values(rabbit?.ports ?? {})].filter(Boolean);
    });
}

function runs(server) {
  return Boolean(server) && (server.external || server.container !== undefined || isRunning(server));
}

/** Both servers of an instance as they run now; undefined when one of them does not. */
export function runningServers(name) {
  const { postgres, rabbit } = readState(name);
  return runs(postgres) && runs(rabbit) ? { postgres, rabbit } : undefined;
}

/** Ends what is still running of an instance, by its state file; data stays. */
export async function endInstance(name, { force = false } = {}) {
  const { postgres, rabbit, programs = [] } = readState(name);
  await Promise.all(programs.map((program) => endServer(program, { grace: force ? 5_000 : 26_000 })));
  await Promise.all([
    postgres && !postgres.external ? stopPostgres(postgres) : undefined,
    rabbit && !rabbit.external ? stopRabbit(rabbit, { force }) : undefined,
  ]);
}

export function removeInstance(name) {
  removePlaces(instanceDirectory(name));
}

/** Ends the leftovers of runs that were killed hard: their owner is gone and their servers are not. */
export async function sweep() {
  for (const name of instanceNames()) {
    const { owner } = readState(name);
    if (owner && !isRunning(owner)) await endInstance(name, { force: true });
  }
}

async function startServers(name, { fresh, durable, external, spawned }) {
  const directory = instanceDirectory(name);
  mkdirSync(directory, { recursive: true });
  const before = readState(name);
  const taken = portsOfOthers(name);
  const started = [];
  const begin = async (server, start, stop) => {
    if (server?.external) return server;
    const now = await start();
    started.push(() => stop(now));
    return now;
  };
  const results = await Promise.allSettled([
    runs(before.postgres)
      ? before.postgres
      : begin(
          external.database && { url: external.database, external: true },
          () => startPostgres({ directory, fresh, durable, port: before.postgres?.port, taken, spawned }),
          stopPostgres,
        ),
    runs(before.rabbit)
      ? before.rabbit
      : begin(
          external.amqp && { url: external.amqp, api: external.api, external: true },
          () => startRabbit({ directory, fresh, ports: before.rabbit?.ports, taken, spawned }),
          (server) => stopRabbit(server, { force: true }),
        ),
  ]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) {
    await Promise.all(started.map((stop) => stop()));
    throw failed.reason;
  }
  const [{ value: postgres }, { value: rabbit }] = results;
  return { postgres, rabbit };
}

/** Servers that are given by address and so are neither started nor stopped here. */
export function externalServers(environment = process.env) {
  const amqp = environment.AMQP_URL || undefined;
  return {
    database: environment.DATABASE_URL || undefined,
    amqp,
    api: environment.RABBITMQ_MANAGEMENT_URL || (amqp ? guessManagement(amqp) : undefined),
  };
}

/** The management interface usually stands beside its broker, on port 15672. */
export function guessManagement(amqp) {
  const url = new URL(amqp);
  const credentials = url.username ? `${url.username}:${url.password}@` : 'guest:guest@';
  return `http://${credentials}${url.hostname}:15672`;
}

const lockOf = (name) => join(local, `${name}.lock`);

/** Does a living process hold this instance? */
export function isHeld(name) {
  return isRunning(holderOf(lockOf(name)));
}

/**
 * Starts an instance that lives as long as this process.
 * @param fresh begin without data, and do not wait for them to be written at the end
 * @param discard remove the instance's folder at the end
 * @returns undefined when another process holds it; else {postgres, rabbit, adopt, close}; a program given to
 *   `adopt` ends with the instance
 */
export async function openInstance(name, { fresh = false, durable = true, discard = false } = {}) {
  const lock = tryLock(lockOf(name));
  if (!lock.release) return undefined;
  const watchdog = watchOver();
  try {
    await endInstance(name, { force: fresh });
    const servers = await startServers(name, { fresh, durable, external: externalServers(), spawned: watchdog.add });
    writeState(name, { owner: recordOf(process.pid), ...servers });
    let programs = [];
    const adopt = (program) => {
      programs = [...programs.filter((earlier) => isRunning(earlier)), program];
      watchdog.add(program);
      writeState(name, { owner: recordOf(process.pid), ...servers, programs });
    };
    const close = async () => {
      watchdog.dismiss();
      await endInstance(name, { force: fresh });
      if (discard) removeInstance(name);
      lock.release();
    };
    return { name, ...servers, adopt, close };
  } catch (error) {
    watchdog.dismiss();
    lock.release();
    throw error;
  }
}

/** Starts what does not run of an instance, and leaves it running after this process. */
export async function keepInstance(name) {
  const servers = await startServers(name, { fresh: false, durable: true, external: externalServers() });
  writeState(name, { owner: null, ...servers });
  return servers;
}

/** What the tests find in their environment. */
export function testEnvironment({ postgres, rabbit }) {
  return {
    ITK_TEST_DATABASE_URL: postgres.url,
    ITK_TEST_AMQP_URL: rabbit.url,
    ITK_TEST_RABBIT_API: rabbit.api ?? '',
    ITK_TEST_RABBIT_METRICS: rabbit.metrics ?? '',
    ITK_TEST_RABBIT_PID: String(rabbit.broker?.pid ?? ''),
    ITK_TEST_RABBIT_CTL: rabbit.ctl ?? '',
  };
}
