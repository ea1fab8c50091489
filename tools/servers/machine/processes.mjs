import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @import { ChildProcess } from 'node:child_process'
 *
 * What is kept of a process in a file: its number alone says nothing after a reboot.
 * @typedef {object} ProcessRecord
 * @property {number} [pid]
 * @property {string} [since] as `identityOf` tells it
 *
 * @typedef {ProcessRecord & { failure: Promise<string> }} StartedServer `failure` is what it died of
 */

/**
 * Tells a process from a later one that was given the same number: its time of start and its program.
 * Undefined when there is no such process (or only its zombie).
 * @param {number | undefined} pid
 */
export function identityOf(pid) {
  if (pid === undefined || !Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') {
    try {
      // "pid (name) state ppid ... starttime": the name may hold blanks and brackets
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return `${boot} ${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return shown.stdout?.trim() || undefined;
}

/**
 * @param {number | undefined} pid
 * @returns {ProcessRecord}
 */
export function recordOf(pid) {
  return { pid, since: identityOf(pid) };
}

/**
 * @param {ProcessRecord | null | undefined} record
 * @returns {record is { pid: number, since: string }}
 */
export function isRunning(record) {
  return Boolean(record?.since) && identityOf(record?.pid) === record?.since;
}

/**
 * Starts a server in a process group of its own, so that a Ctrl-C in the terminal does not reach it by itself.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.log
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} [options.cwd]
 * @param {{ uid?: number, gid?: number }} [options.user]
 * @returns {StartedServer}
 */
export function startServer(command, args, { log, env, cwd = '/', user = {} }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  try {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output], env, cwd, ...user });
    /** @type {Promise<string>} */
    const failure = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
    });
    child.unref();
    return { ...recordOf(child.pid), failure };
  } finally {
    closeSync(output);
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends the group of a server that we started: politely, then by force. Does nothing when the number now
 * belongs to somebody else's process.
 * @param {ProcessRecord} record
 * @param {object} options
 * @param {NodeJS.Signals} [options.signal] the first one
 * @param {boolean} [options.headOnly] to whom: a database closes by a signal to its head alone
 * @param {number} [options.grace] milliseconds before force
 */
export async function endServer(record, { signal = 'SIGTERM', headOnly = false, grace = 10_000 } = {}) {
  if (!isRunning(record)) return false;
  const { pid } = record;
  if (headOnly) process.kill(pid, signal);
  else signalGroup(pid, signal);
  const until = Date.now() + grace;
  while (isRunning(record) && Date.now() < until) await pause(20);
  signalGroup(pid, 'SIGKILL');
  while (isRunning(record)) await pause(20);
  return true;
}

/**
 * Waits until `check` answers with something true.
 * @template T
 * @param {() => T | Promise<T>} check
 * @param {object} options
 * @param {number} options.timeout
 * @param {Promise<string>} [options.failure] what the server died of, if it dies meanwhile
 * @param {number} [options.every]
 */
export async function waitUntil(check, { timeout, failure, every = 50 }) {
  /** @type {string | undefined} */
  let died;
  failure?.then((reason) => (died = reason));
  const until = Date.now() + timeout;
  for (;;) {
    const answer = await check();
    if (answer) return answer;
    if (died) throw new Error(died);
    if (Date.now() > until) throw new Error(`no answer within ${Math.round(timeout / 1000)} s`);
    await pause(every);
  }
}

/**
 * Runs a program to its end and returns what it wrote; throws with its last words when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {{ uid?: number, gid?: number }} [options.user]
 * @param {number} [options.timeout]
 * @param {AbortSignal} [options.signal] ends the program
 * @returns {Promise<string>}
 */
export function run(command, args, { env = process.env, cwd, user = {}, timeout, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, timeout, signal, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let both = '';
    const take = (/** @type {Buffer} */ chunk) => {
      both = (both + chunk).slice(-8000);
    };
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      take(chunk);
    });
    child.stderr.on('data', take);
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command} ${args.slice(0, 3).join(' ')}: exit ${code ?? killedBy}\n${both.trim()}`));
    });
  });
}

/**
 * @param {readonly NodeJS.Signals[]} signals that come to us and are meant for the child
 * @param {ChildProcess} child
 */
export function passOn(signals, child) {
  for (const signal of signals) process.on(signal, () => child.kill(signal));
}

/**
 * Waits until a child ends.
 * @param {ChildProcess} child
 * @returns {Promise<number>} its exit code, as a shell tells it of one that a signal ended
 */
export function exitCodeOf(child) {
  return new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))),
  );
}

/**
 * The last lines of a log: what a person wants to see when a server did not come up.
 * @param {string} file
 */
export function lastLines(file, count = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/**
 * A value as one word of a shell.
 * @param {string} value
 */
export function quoted(value) {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
