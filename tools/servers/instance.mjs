import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, tryLock } from './machine/lock.mjs';
import { instanceDirectory, local, removePlaces } from './machine/places.mjs';
import { startPostgres, stopPostgres } from './postgres/postgres.mjs';
import { endServer, isRunning, recordOf } from './machine/processes.mjs';
import { startRabbit, stopRabbit } from './rabbitmq/rabbitmq.mjs';
import { watchOver } from './machine/watchdog.mjs';

/**
 * @import { ProcessRecord } from './machine/processes.mjs'
 * @import { PostgresServer } from './postgres/postgres.mjs'
 * @import { RabbitServer } from './rabbitmq/rabbitmq.mjs'
 *
 * @typedef {Partial<PostgresServer> & { url: string, external?: boolean }} Postgres
 *   `external`: given by its address, neither started nor stopped here
 * @typedef {Partial<RabbitServer> & { url: string, external?: boolean }} Rabbit
 * @typedef {{ postgres: Postgres, rabbit: Rabbit }} Servers
 * @typedef {ProcessRecord & { name: string, url?: string }} Program
 *
 * @typedef {object} State
 * @property {ProcessRecord | null} [owner] nobody, where it stays when its starter ends
 * @property {Program[]} [programs]
 *
 * @typedef {object} OpenedInstance
 * @property {string} name
 * @property {(program: Program) => void} adopt the program ends with the instance
 * @property {() => Promise<void>} close
 */

/**
 * An instance is one PostgreSQL and one RabbitMQ with data of their own: `start` (npm start), `test`
 * (npm test), `dev` (left running for a developer, see `developers`). What runs is written down in `.local/<name>/instance.json`.
 */
export const developers = 'dev';
const stateFile = (/** @type {string} */ name) => join(instanceDirectory(name), 'instance.json');

/**
 * @param {string} name
 * @returns {State & Partial<Servers>}
 */
export function readState(name) {
  try {
    return JSON.parse(readFileSync(stateFile(name), 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {string} name
 * @param {State & Partial<Servers>} state
 */
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

/**
 * Ports that instances of this checkout have written down: free now perhaps, but theirs.
 * @param {readonly string[]} names
 * @returns {number[]}
 */
export function portsOf(names) {
  return names.flatMap((name) => {
    const { postgres, rabbit } = readState(name);
    return [postgres?.port, ...Object.values(rabbit?.ports ?? {})].flatMap((port) => port ?? []);
  });
}

/**
 * The server of a state file, if it runs.
 * @template {Postgres | Rabbit} Server
 * @param {Server | undefined} server
 */
function running(server) {
  return server && (server.external || 'container' in server || isRunning(server)) ? server : undefined;
}

/**
 * Both servers of an instance as they run now; undefined when one of them does not.
 * @param {string} name
 * @returns {Servers | undefined}
 */
export function runningServers(name) {
  const state = readState(name);
  const [postgres, rabbit] = [running(state.postgres), running(state.rabbit)];
  return postgres && rabbit ? { postgres, rabbit } : undefined;
}

/**
 * Ends what is still running of an instance, by its state file; data stays.
 * @param {string} name
 * @param {{ force?: boolean }} options
 */
export async function endInstance(name, { force = false } = {}) {
  const { postgres, rabbit, programs = [] } = readState(name);
  await Promise.all(programs.map((program) => endServer(program, { grace: force ? 5_000 : 26_000 })));
  await Promise.all([
    postgres && !postgres.external ? stopPostgres(postgres) : undefined,
    rabbit && !rabbit.external ? stopRabbit(rabbit, { force }) : undefined,
  ]);
}

/** @param {string} name */
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

/**
 * @param {string} name
 * @param {object} options
 * @param {boolean} options.fresh
 * @param {boolean} options.durable
 * @param {(process: ProcessRecord) => void} [options.spawned]
 * @returns {Promise<Servers>}
 */
async function startServers(name, { fresh, durable, spawned }) {
  const external = externalServers();
  const directory = instanceDirectory(name);
  mkdirSync(directory, { recursive: true });
  const before = readState(name);
  const taken = portsOf(instanceNames().filter((other) => other !== name));
  /** @type {(() => Promise<unknown>)[]} */
  const stops = [];
  /** @returns {Promise<Postgres>} */
  const postgresOf = async () => {
    const standing = running(before.postgres);
    if (standing) return standing;
    if (external.database) return { url: external.database, external: true };
    const started = await startPostgres({ directory, fresh, durable, port: before.postgres?.port, taken, spawned });
    stops.push(() => stopPostgres(started));
    return started;
  };
  /** @returns {Promise<Rabbit>} */
  const rabbitOf = async () => {
    const standing = running(before.rabbit);
    if (standing) return standing;
    if (external.amqp) return { url: external.amqp, api: external.api, external: true };
    const started = await startRabbit({ directory, fresh, ports: before.rabbit?.ports, taken, spawned });
    stops.push(() => stopRabbit(started, { force: true }));
    return started;
  };
  const [postgres, rabbit] = await Promise.allSettled([postgresOf(), rabbitOf()]);
  if (postgres.status === 'fulfilled' && rabbit.status === 'fulfilled')
    return { postgres: postgres.value, rabbit: rabbit.value };
  await Promise.all(stops.map((stop) => stop()));
  throw [postgres, rabbit].find((result) => result.status === 'rejected')?.reason;
}

/** Servers that are given by address and so are neither started nor stopped here. */
function externalServers(environment = process.env) {
  const amqp = environment.AMQP_URL || undefined;
  return {
    database: environment.DATABASE_URL || undefined,
    amqp,
    api: environment.RABBITMQ_MANAGEMENT_URL || (amqp ? guessManagement(amqp) : undefined),
  };
}

/**
 * The management interface usually stands beside its broker, on port 15672.
 * @param {string} amqp
 */
export function guessManagement(amqp) {
  const url = new URL(amqp);
  const credentials = url.username ? `${url.username}:${url.password}@` : 'guest:guest@';
  return `http://${credentials}${url.hostname}:15672`;
}

const lockOf = (/** @type {string} */ name) => join(local, `${name}.lock`);

/**
 * Does a living process hold this instance?
 * @param {string} name
 */
export function isHeld(name) {
  return isRunning(holderOf(lockOf(name)));
}

/**
 * Starts an instance that lives as long as this process.
 * @param {string} name
 * @param {object} options
 * @param {boolean} [options.fresh] begin without data, and do not wait for them to be written at the end
 * @param {boolean} [options.durable] false: data that nobody will miss
 * @param {boolean} [options.discard] remove the instance's folder at the end
 * @returns {Promise<(OpenedInstance & Servers) | undefined>} undefined when another process holds it
 */
export async function openInstance(name, { fresh = false, durable = true, discard = false } = {}) {
  const lock = tryLock(lockOf(name));
  if (!lock.release) return undefined;
  const watchdog = watchOver();
  try {
    await endInstance(name, { force: fresh });
    const servers = await startServers(name, { fresh, durable, spawned: watchdog.add });
    writeState(name, { owner: recordOf(process.pid), ...servers });
    /** @type {Program[]} */
    let programs = [];
    const adopt = (/** @type {Program} */ program) => {
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

/**
 * Starts what does not run of an instance, and leaves it running after this process.
 * @param {string} name
 */
export async function keepInstance(name) {
  const servers = await startServers(name, { fresh: false, durable: true });
  writeState(name, { owner: null, ...servers });
  return servers;
}

/**
 * What the tests find in their environment.
 * @param {Servers} servers
 */
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
