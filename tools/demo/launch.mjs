import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, startServer, waitUntil } from '../servers/machine/processes.mjs';
import { nodeFlags, serviceEnvironment } from '../services.mjs';
import { Obstacle } from '../texts.mjs';

/** The last lines of a JSON log as a person reads them; lines that are no JSON stay as they are. */
export function readableLog(lines) {
  return lines
    .split('\n')
    .map((line) => {
      try {
        const { level, message, msg, ...rest } = JSON.parse(line);
        const extra = Object.entries(rest)
          .filter(([key]) => !['time', 'timestamp', 'service', 'context', 'pid', 'stack', 'error'].includes(key))
          .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
        return [level, message ?? msg, ...extra].filter(Boolean).join(' ');
      } catch {
        return line;
      }
    })
    .join('\n');
}

/** What a program said last, for a person. */
export function lastWords(log) {
  return readableLog(lastLines(log));
}

/** Where a program is to listen: for this machine alone. */
export function addressesOf({ port, healthPort }) {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: String(healthPort),
  };
}

/**
 * A Node program of ours with its output in `logs/NAME.log`; only this machine reaches it.
 * @param port where it serves others, told by PORT; @param healthPort of a service: where it shows its health
 */
export function launch({ name, program, args = [], port, healthPort = port, env, logs }) {
  const log = join(logs, `${name}.log`);
  rmSync(log, { force: true });
  const server = startServer(process.execPath, [...nodeFlags, program, ...args], {
    log,
    cwd: logs,
    env: { ...serviceEnvironment, ...env, ...addressesOf({ port, healthPort }) },
  });
  return { name, port, healthPort, log, url: `http://127.0.0.1:${port}`, ...server };
}

async function answers(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

function notStarted({ name, log }, reason) {
  const words = lastWords(log);
  return new Obstacle({
    ru: `«${name}» не запустилась (${reason}). Её журнал ${log}:\n${words}`,
    en: `"${name}" did not start (${reason}). Its log ${log}:\n${words}`,
  });
}

/**
 * Waits until a program's HTTP answers.
 * @param path a health path answers 200; of a sandbox any answer will do
 */
export async function untilUp(server, { path = '/', healthy = false, timeout = 60_000 } = {}) {
  try {
    await waitUntil(
      async () => {
        const status = await answers(healthy ? `http://127.0.0.1:${server.healthPort}${path}` : server.url + path);
        return healthy ? status === 200 : status !== undefined;
      },
      { timeout, failure: server.failure, every: 100 },
    );
  } catch (error) {
    throw notStarted(server, error.message);
  }
}
