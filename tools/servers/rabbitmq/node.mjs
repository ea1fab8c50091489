import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import { placeFor, plain } from '../machine/places.mjs';
import { choosePorts } from '../machine/ports.mjs';
import { endServer, lastLines, quoted, recordOf, startServer, waitUntil } from '../machine/processes.mjs';
import { Obstacle, reasonOf } from '../../texts.mjs';

/**
 * @import { ProcessRecord, StartedServer } from '../machine/processes.mjs'
 *
 * @typedef {{ sbin: string, path: string, erlang?: string }} Programs Where the programs of a broker are.
 * @typedef {{ amqp: number, management: number, prometheus: number }} BrokerPorts
 * @typedef {BrokerPorts & { distribution: number, epmd: number }} NodePorts
 *
 * @typedef {object} StartOptions
 * @property {string} directory where its data and its log stand
 * @property {boolean} [fresh] begin without data
 * @property {Partial<NodePorts>} [ports] of an earlier run: taken again when all of them are free (they name the node
 *   and so its data)
 * @property {readonly number[]} [taken] ports of others
 * @property {(process: ProcessRecord) => void} [spawned] is told of every process as soon as there is one
 *
 * @typedef {object} Addresses
 * @property {string} url
 * @property {string} api of the management interface, with its credentials
 * @property {string} metrics
 *
 * @typedef {object} NodeParts
 * @property {ProcessRecord} epmd
 * @property {ProcessRecord} [broker] Erlang's own process
 *
 * @typedef {StartedServer & NodeParts & Addresses & { ports: NodePorts, ctl: string }} RabbitNode
 */

/** Erlang's schedulers spin while they wait, which starves everything else on two cores. */
const erlangOptions = '+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}';
const systemPath = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

/**
 * Where a broker's programs are: installed by the system's packages, or unpacked under `root`.
 * @returns {Programs | undefined}
 */
export function programsUnder(root = '') {
  const erlang = join('/', root, 'usr/lib/erlang');
  const base = join('/', root, 'usr/lib/rabbitmq/lib');
  const version = existsSync(base) ? readdirSync(base).find((name) => name.startsWith('rabbitmq_server-')) : undefined;
  if (!version || !existsSync(join(erlang, 'bin/erl'))) return undefined;
  return { sbin: join(base, version, 'sbin'), erlang: root ? erlang : undefined, path: `${erlang}/bin` };
}

/**
 * Homebrew's folders on macOS.
 * @returns {Programs | undefined}
 */
export function homebrewPrograms() {
  for (const prefix of ['/opt/homebrew', '/usr/local']) {
    if (existsSync(join(prefix, 'opt/rabbitmq/sbin/rabbitmq-server'))) {
      return { sbin: join(prefix, 'opt/rabbitmq/sbin'), path: join(prefix, 'bin') };
    }
  }
  return undefined;
}

/**
 * Everything that tells this node from any other broker of the machine.
 * @param {Programs} programs
 * @param {string} directory
 * @param {NodePorts} ports
 */
export function nodeEnvironment(programs, directory, ports) {
  return {
    HOME: directory,
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    PATH: [programs.path, systemPath].join(delimiter),
    ...(programs.erlang ? { ERL_ROOTDIR: programs.erlang } : {}),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `itk${ports.amqp}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: join(directory, 'log'),
    RABBITMQ_SCHEMA_DIR: join(directory, 'schema'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(directory, 'config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(directory, 'pid'),
    RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq'),
    RABBITMQ_CONF_ENV_FILE: join(directory, 'none.conf'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: erlangOptions,
    RABBITMQ_CTL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}

/**
 * The node's own settings: loopback only, and a write-ahead log that fits a small machine.
 * @param {BrokerPorts} ports
 */
export function nodeSettings(ports) {
  return [
    'loopback_users = none',
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    'prometheus.tcp.ip = 127.0.0.1',
    `prometheus.tcp.port = ${ports.prometheus}`,
    'raft.wal_max_size_bytes = 64000000',
    'log.file.level = info',
    '',
  ].join('\n');
}

/**
 * @param {string} file
 * @param {Programs} programs
 * @param {Record<string, string>} environment
 */
function writeControlScript(file, programs, environment) {
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
  writeFileSync(
    file,
    ['#!/bin/sh', ...exports, `exec ${quoted(join(programs.sbin, 'rabbitmqctl'))} "$@"`, ''].join('\n'),
  );
  chmodSync(file, 0o755);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function accepts(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/**
 * The management interface answers and clients are let in.
 * @param {BrokerPorts} ports
 */
export async function brokerAnswers(ports) {
  try {
    const authorization = `Basic ${Buffer.from('guest:guest').toString('base64')}`;
    const answer = await fetch(`http://127.0.0.1:${ports.management}/api/overview`, { headers: { authorization } });
    return answer.ok && (await accepts(ports.amqp));
  } catch {
    return false;
  }
}

/**
 * @param {BrokerPorts} ports
 * @returns {Addresses}
 */
function addresses(ports) {
  return {
    url: `amqp://guest:guest@127.0.0.1:${ports.amqp}`,
    api: `http://guest:guest@127.0.0.1:${ports.management}`,
    metrics: `http://127.0.0.1:${ports.prometheus}/metrics`,
  };
}

/**
 * Starts a private broker and waits until it takes clients.
 * @param {Programs} programs
 * @param {StartOptions} options
 * @returns {Promise<RabbitNode>}
 */
export async function startNode(programs, { directory, fresh = false, ports: earlier, taken = [], spawned }) {
  const home = join(placeFor(directory, plain), 'rabbitmq');
  if (fresh) rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  /** @type {(keyof NodePorts)[]} */
  const names = ['amqp', 'management', 'prometheus', 'distribution', 'epmd'];
  const ports = await choosePorts(names, { remembered: earlier, taken });
  if (earlier && ports.amqp !== earlier.amqp) rmSync(join(home, 'mnesia'), { recursive: true, force: true });
  rmSync(join(home, 'pid'), { force: true });

  writeFileSync(join(home, 'enabled_plugins'), '[rabbitmq_management,rabbitmq_prometheus].\n');
  writeFileSync(join(home, 'rabbitmq.conf'), nodeSettings(ports));
  const env = nodeEnvironment(programs, home, ports);
  const ctl = join(directory, 'rabbitmqctl');
  writeControlScript(ctl, programs, env);

  const log = join(directory, 'rabbitmq.log');
  // Erlang would start one that outlives the node and belongs to nobody
  const epmd = startServer(join(programs.path, 'epmd'), ['-port', String(ports.epmd), '-address', '127.0.0.1'], {
    log,
    env,
  });
  const node = startServer(join(programs.sbin, 'rabbitmq-server'), [], { log, env, cwd: home });
  [epmd, node].forEach((process) => spawned?.(process));
  const server = {
    pid: node.pid,
    since: node.since,
    failure: node.failure,
    epmd: { pid: epmd.pid, since: epmd.since },
  };
  try {
    await waitUntil(() => brokerAnswers(ports), { timeout: 90_000, failure: node.failure, every: 100 });
  } catch (error) {
    await stopNode(server, { force: true });
    throw new Obstacle({
      ru: `RabbitMQ не запустился (${reasonOf(error)}). Журнал ${log}:\n${lastLines(log)}`,
      en: `RabbitMQ did not start (${reasonOf(error)}). Its log ${log}:\n${lastLines(log)}`,
    });
  }
  const broker = recordOf(Number(readFileSync(join(home, 'pid'), 'utf8')));
  return { ...server, broker, ports, ctl, ...addresses(ports) };
}

/**
 * @param {ProcessRecord & { broker?: ProcessRecord, epmd?: ProcessRecord }} server
 * @param {{ force?: boolean }} options force: do not let it write its data, it is thrown away
 */
export async function stopNode(server, { force = false } = {}) {
  if (!force && server.broker) await endServer(server.broker, { headOnly: true, grace: 20_000 });
  await endServer(server, { signal: force ? 'SIGKILL' : 'SIGTERM' });
  if (server.broker) await endServer(server.broker, { signal: 'SIGKILL' });
  if (server.epmd) await endServer(server.epmd);
}
