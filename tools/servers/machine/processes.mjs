import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Tells a process from a later one that was given the same number: its time of start and its program.
 * Undefined when there is no such process (or only its zombie).
 */
export function identityOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
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

/** A record to keep in a file: the number alone says nothing after a reboot. */
export function recordOf(pid) {
  return { pid, since: identityOf(pid) };
}

export function isRunning(record, identity = identityOf) {
  return Boolean(record?.since) && identity(record.pid) === record.since;
}

/** Starts a server in a process group of its own, so that a Ctrl-C in the terminal does not reach it by itself. */
export function startServer(command, args, { log, env, cwd = '/', user = {} }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  try {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output], env, cwd, ...user });
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
 * @param first signal and to whom: a database closes by a signal to its head alone
 * @param grace milliseconds before force
 */
export async function endServer(record, { signal = 'SIGTERM', headOnly = false, grace = 10_000 } = {}) {
  if (!isRunning(record)) return false;
  if (headOnly) process.kill(record.pid, signal);
  else signalGroup(record.pid, signal);
  const until = Date.now() + grace;
  while (isRunning(record) && Date.now() < until) await pause(20);
  signalGroup(record.pid, 'SIGKILL');
  while (isRunning(record)) await pause(20);
  return true;
}

/**
 * Waits until `check` answers with something true.
 * @param failure promise of what the server died of, if it dies meanwhile
 */
export async function waitUntil(check, { timeout, failure, every = 50 }) {
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
 * @param signal of an AbortController: ends the program
 */
export function run(command, args, { env = process.env, cwd, user = {}, timeout, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, timeout, signal, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let both = '';
    const take = (chunk) => {
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

/** The last lines of a log: what a person wants to see when a server did not come up. */
export function lastLines(file, count = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** A value as one word of a shell. */
export function quoted(value) {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
