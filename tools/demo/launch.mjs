import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, startServer, waitUntil } from '../servers/machine/processes.mjs';
import { flagsOf, serviceEnvironment } from '../services.mjs';
import { Obstacle, reasonOf } from '../texts.mjs';

/**
 * @import { StartedServer } from '../servers/machine/processes.mjs'
 *
 * @typedef {{ name: string, port: number, healthPort?: number }} Place Where a program is to listen, and where it shows
 *   its health: on the same port unless given.
 * @typedef {StartedServer & Required<Place> & { log: string, url: string }} Launched
 */

/**
 * The last lines of a JSON log as a person reads them; lines that are no JSON stay as they are.
 * @param {string} lines
 */
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

/**
 * What a program said last, for a person.
 * @param {string} log
 */
export function lastWords(log) {
  return readableLog(lastLines(log));
}

/**
 * Where a program is to listen: for this machine alone.
 * @param {Omit<Place, 'name'>} place
 */
export function addressesOf({ port, healthPort = port }) {
  return {
    HOST: '127.0.0.1',
    PORT: String(port),
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: String(healthPort),
  };
}

/**
 * A Node program of ours with its output in `logs/NAME.log`; only this machine reaches it.
 * @param {Place & { program: string, args?: readonly string[], env: NodeJS.ProcessEnv, logs: string }} options port is
 *   told by PORT
 * @returns {Launched}
 */
export function launch({ name, program, args = [], port, healthPort = port, env, logs }) {
  const log = join(logs, `${name}.log`);
  rmSync(log, { force: true });
  const server = startServer(process.execPath, [...flagsOf(name), program, ...args], {
    log,
    cwd: logs,
    env: { ...serviceEnvironment, ...env, ...addressesOf({ port, healthPort }) },
  });
  return { name, port, healthPort, log, url: `http://127.0.0.1:${port}`, ...server };
}

/** @param {string} url */
async function answers(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return undefined;
  }
}

/**
 * @param {Launched} program
 * @param {string} reason
 */
function notStarted({ name, log }, reason) {
  const words = lastWords(log);
  return new Obstacle({
    ru: `«${name}» не запустилась (${reason}). Её журнал ${log}:\n${words}`,
    en: `"${name}" did not start (${reason}). Its log ${log}:\n${words}`,
  });
}

/**
 * Waits until a program's HTTP answers.
 * @param {Launched} server
 * @param {object} options
 * @param {string} [options.path]
 * @param {boolean} [options.healthy] the path is one of health and answers 200; of a sandbox any answer will do
 * @param {number} [options.timeout]
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
    throw notStarted(server, reasonOf(error));
  }
}
