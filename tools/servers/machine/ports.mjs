import { createServer } from 'node:net';

/** Below the range from which systems take ports of outgoing connections: a restarted server finds its port free. */
const first = 15_000;
const last = 31_999;

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * As many free ports of this machine as names are given, `{ [name]: port }`.
 * @template {string} Name
 * @param {readonly Name[]} names
 * @param {object} options
 * @param {{ readonly [name: string]: number | undefined }} [options.remembered] ports of an earlier run, taken again
 *   when they are still free
 * @param {readonly number[]} [options.taken] ports that belong to others even if nobody listens now
 * @param {(port: number) => Promise<boolean>} [options.free]
 * @param {() => number} [options.random]
 * @returns {Promise<Record<Name, number>>}
 */
export async function choosePorts(names, { remembered = {}, taken = [], free = isFree, random = Math.random } = {}) {
  const chosen = /** @type {Record<Name, number>} */ ({});
  const used = new Set(taken);
  for (const name of names) {
    let port = remembered[name];
    while (!port || used.has(port) || !(await free(port))) {
      if (used.size > last - first) throw new Error(`no free port between ${first} and ${last}`);
      if (port) used.add(port);
      port = first + Math.floor(random() * (last - first + 1));
    }
    used.add(port);
    chosen[name] = port;
  }
  return chosen;
}
