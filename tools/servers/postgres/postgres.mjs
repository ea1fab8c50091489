import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, nobody, placeFor, serverUser } from '../machine/places.mjs';
import { choosePorts } from '../machine/ports.mjs';
import { findPostgres } from './binaries.mjs';
import { endServer, lastLines, run, startServer, waitUntil } from '../machine/processes.mjs';
import { Obstacle, reasonOf } from '../../texts.mjs';

/**
 * @import { ProcessRecord, StartedServer } from '../machine/processes.mjs'
 *
 * @typedef {StartedServer & { port: number, url: string, data: string, disk: string }} PostgresServer
 */

/** For data that is thrown away: a power cut may cost it, so nothing waits for the disk. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };

/**
 * @param {string} bin
 * @param {number} major
 * @param {string} data
 * @returns {Promise<string>} the superuser's password
 */
async function createCluster(bin, major, data) {
  const password = randomBytes(16).toString('hex');
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(data, { recursive: true });
  chmodSync(data, 0o700);
  if (isRoot) {
    chownSync(data, nobody.uid, nobody.gid);
    chownSync(passwordFile, nobody.uid, nobody.gid);
  }
  // the own provider knows Cyrillic letters' cases on every platform; older ones leave that to the C library
  const locale =
    major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8'];
  const options = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync', '--no-instructions'];
  await run(join(bin, 'initdb'), ['-D', data, `--pwfile=${passwordFile}`, ...options, ...locale], {
    env: environment,
    cwd: '/',
    user: serverUser,
  });
  return password;
}

/**
 * PostgreSQL writes into its pid file when it takes connections: no client is needed to know.
 * @param {string} data
 */
function isReady(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * Starts a private PostgreSQL on the loopback address and waits until it takes connections.
 * @param {object} options
 * @param {string} options.directory where its data and its log stand
 * @param {boolean} [options.fresh] begin with an empty cluster
 * @param {boolean} [options.durable] false: data that nobody will miss
 * @param {number} [options.port] an earlier port, taken again when free
 * @param {readonly number[]} [options.taken] ports of others
 * @param {(process: ProcessRecord) => void} [options.spawned] is told of every process as soon as there is one
 * @param {readonly string[]} [options.settings] more of the server's settings, `max_connections=14`
 * @param {number} [options.smallDisk] megabytes of a disk that only this server sees, for a tablespace at `disk`; gone
 *   with the server
 * @returns {Promise<PostgresServer>} url is a superuser's
 */
export async function startPostgres({
  directory,
  fresh = false,
  durable = true,
  port,
  taken = [],
  spawned,
  settings: asked = [],
  smallDisk,
}) {
  const { bin, major } = findPostgres();
  const data = join(placeFor(directory), `postgres-${major}`);
  const passwordFile = `${data}.password`;
  if (fresh || !existsSync(join(data, 'PG_VERSION'))) rmSync(data, { recursive: true, force: true });
  const password = existsSync(data) ? readFileSync(passwordFile, 'utf8') : await createCluster(bin, major, data);
  rmSync(join(data, 'postmaster.pid'), { force: true });

  const ports = await choosePorts(['postgres'], { remembered: { postgres: port }, taken });
  const settings = [
    `port=${ports.postgres}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    ...(durable ? [] : careless),
    ...asked,
  ];
  const log = join(directory, 'postgres.log');
  const disk = `${data}.disk`;
  const line = [join(bin, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const [program, ...args] = smallDisk ? [...withDisk(disk, smallDisk), ...line] : line;
  const server = startServer(String(program), args, { log, env: environment, user: serverUser });
  spawned?.(server);
  try {
    await waitUntil(() => isReady(data), { timeout: 60_000, failure: server.failure, every: 20 });
  } catch (error) {
    await stopPostgres(server);
    throw new Obstacle({
      ru: `PostgreSQL не запустился (${reasonOf(error)}). Журнал ${log}:\n${lastLines(log)}`,
      en: `PostgreSQL did not start (${reasonOf(error)}). Its log ${log}:\n${lastLines(log)}`,
    });
  }
  const url = `postgres://postgres:${password}@127.0.0.1:${ports.postgres}/postgres`;
  return { ...server, port: ports.postgres, url, data, disk };
}

/**
 * A disk of so many megabytes at `place`, seen only by the program that follows: mounted in a user namespace, where
 * anyone may mount; and a second one gives the user back, for PostgreSQL refuses to run as root.
 * @param {string} place
 * @param {number} megabytes
 */
function withDisk(place, megabytes) {
  mkdirSync(place, { recursive: true });
  if (isRoot) chownSync(place, nobody.uid, nobody.gid);
  const { uid, gid } = isRoot ? nobody : { uid: process.getuid?.(), gid: process.getgid?.() };
  const script =
    'mount -t tmpfs -o "size=$1m,mode=700" none "$2" && uid=$3 gid=$4 && shift 4 && exec unshare --user --map-user="$uid" --map-group="$gid" "$@"';
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh', megabytes, place, uid, gid].map(
    String,
  );
}

/** Whether this machine lets its users mount in a namespace of their own: some containers and systems do not. */
export function canHaveDisk() {
  const probe = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], {
    cwd: '/',
    ...serverUser,
  });
  return probe.status === 0;
}

/**
 * INT is PostgreSQL's fast shutdown: sessions are cut, data is written.
 * @param {ProcessRecord} server
 */
export function stopPostgres(server) {
  return endServer(server, { signal: 'SIGINT', headOnly: true, grace: 15_000 });
}
