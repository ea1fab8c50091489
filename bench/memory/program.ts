import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as rest } from 'node:timers/promises';

export interface Program {
  name: string;
  url: string;
  /** Where a service shows its health and metrics. */
  healthUrl: string;
  pid: number;
  stop(): Promise<void>;
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** None of them outlives the bench, however that ends. */
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function answers(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/** How `npm run service` runs a process. */
export interface Manner {
  nodeFlags: string[];
  flagsOf(service: string): string[];
  serviceEnvironment: NodeJS.ProcessEnv;
}
const { nodeFlags, flagsOf, serviceEnvironment } = (await import(
  new URL('../../../tools/services.mjs', import.meta.url).href
)) as Manner;
export { nodeFlags, serviceEnvironment };

/**
 * Starts a program of `dist` as `npm run service` does, and waits until it answers.
 * @param path below `dist`: `apps/console/main.js`
 * @param health its own page that answers 200 when it is ready; without one any answer will do
 */
export async function startProgram(
  path: string,
  { port, args = [], env = {}, health }: { port: number; args?: string[]; env?: NodeJS.ProcessEnv; health?: string },
): Promise<Program> {
  const name = path.split('/').slice(0, 2).join('/');
  const url = `http://127.0.0.1:${port}`;
  const healthPort = health === undefined ? port : await freePort();
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  // A sandbox stands in for somebody else's server: Node's own settings for it.
  const flags = path.startsWith('sandbox/') ? [] : flagsOf(path.split('/')[1]!);
  // not detached: it ends with the group of the bench
  const child = spawn(process.execPath, [...flags, file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...serviceEnvironment, ...process.env, ...env, PORT: String(port), HEALTH_PORT: String(healthPort) },
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (words = (words + chunk).slice(-4000)));
  const until = Date.now() + 60_000;
  for (;;) {
    const status = await answers(health === undefined ? `${url}/` : healthUrl + health);
    if (health ? status === 200 : status !== undefined) break;
    if (ended(child) || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not become ready (last answer ${status ?? 'none'}). Its last words:\n${words}`);
    }
    await rest(50);
  }
  const stop = async () => {
    if (ended(child)) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await closed;
    clearTimeout(force);
  };
  return { name, url, healthUrl, pid: child.pid!, stop };
}

/** Memory of a process in its own pages and in those it shares, in MB (10^6 bytes). Linux. */
export function residentMemory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const field = (name: string) => {
    const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
    if (kibibytes === undefined) throw new Error(`/proc/${pid}/status says nothing of ${name}`);
    return (Number(kibibytes) * 1024) / 1e6;
  };
  return { now: field('VmRSS'), peak: field('VmHWM') };
}
