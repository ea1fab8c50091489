/**
 * `npm run bench [-- NAMES]`: builds, starts servers of its own, runs the benches of dist/bench one after the other,
 * writes what they print into docs/performance.md, cleans up. AMQP_URL and DATABASE_URL name other servers.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { build, builtModule } from './preparing/build.mjs';
import { installDependencies } from './preparing/dependencies.mjs';
import { openInstance, sweep } from '../servers/instance.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { recordOf } from '../servers/machine/processes.mjs';
import { nodeFlags, serviceEnvironment } from '../services.mjs';
import { makeDatabase } from '../demo/surroundings.mjs';
import { Obstacle, runCommand, say } from '../texts.mjs';

const compiled = join(checkout, 'dist/bench');
const page = join(checkout, 'docs/performance.md');
const suffix = '.bench.ts';

/**
 * @import { ChildProcess } from 'node:child_process'
 * @import { OpenedInstance } from '../servers/instance.mjs'
 */

let interrupted = false;
/** @type {ChildProcess | undefined} */
let running;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill('SIGTERM');
  });
}

/** @param {readonly string[]} wanted */
function chosen(wanted) {
  const known = readdirSync(join(checkout, 'bench'))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Obstacle({
      ru: `Нет такого замера: ${unknown.join(', ')}. Есть: ${known.join(', ')}`,
      en: `There is no such bench: ${unknown.join(', ')}. There are: ${known.join(', ')}`,
    });
  }
  return wanted.length > 0 ? wanted : known;
}

/**
 * Runs one bench as a service's process; what it prints on stdout is its section of the page.
 * @param {string} name
 * @param {OpenedInstance} instance
 * @param {NodeJS.ProcessEnv} env
 */
async function runBench(name, instance, env) {
  const child = spawn(process.execPath, [...nodeFlags, join(compiled, `${name}.bench.js`)], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env,
  });
  running = child;
  instance.adopt({ name: `bench ${name}`, ...recordOf(child.pid) });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve) => child.once('close', (status, signal) => resolve(status ?? signal)));
  running = undefined;
  if (interrupted) throw new Obstacle({ ru: 'Прервано.', en: 'Interrupted.' });
  if (code !== 0) {
    throw new Obstacle({ ru: `Замер ${name} не удался (${code}).`, en: `The bench ${name} failed (${code}).` });
  }
  return printed;
}

/**
 * @param {string} name
 * @param {string} printed
 * @param {{ AMQP_URL: string, DATABASE_URL: string }} servers
 * @param {string} load
 */
async function record(name, printed, servers, load) {
  /** @type {typeof import('../../bench/page.js')} */
  const { withSection } = await import(builtModule('bench/page.js'));
  /** @type {typeof import('../../bench/machine.js')} */
  const { describeMachine, machine } = await import(builtModule('bench/machine.js'));
  const on = describeMachine(await machine(servers.AMQP_URL, servers.DATABASE_URL));
  const taken = `\`npm run bench -- ${name}\`, ${new Date().toISOString().slice(0, 10)}, ${on}; load before ${load}.`;
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '# Performance\n';
  writeFileSync(page, withSection(before, name, `${printed.trim()}\n\n${taken}`));
}

await runCommand(async () => {
  const names = chosen(process.argv.slice(2));
  await installDependencies();
  await sweep();
  say({ ru: 'Запускаю PostgreSQL и RabbitMQ, собираю…', en: 'Starting PostgreSQL and RabbitMQ, building…' });
  const [opened, built] = await Promise.allSettled([openInstance('bench', { fresh: true, discard: true }), build()]);
  const instance = opened.status === 'fulfilled' ? opened.value : undefined;
  try {
    for (const result of [opened, built]) if (result.status === 'rejected') throw result.reason;
    if (!instance) throw new Obstacle({ ru: 'Замер уже идёт.', en: 'A bench is already under way.' });
    const addresses = { DATABASE_URL: await makeDatabase(instance.postgres), AMQP_URL: instance.rabbit.url };
    const env = { ...serviceEnvironment, ...process.env, ...addresses };
    for (const name of names) {
      if (interrupted) break;
      say({ ru: `\n${name}…`, en: `\n${name}…` });
      const [load = 0] = loadavg();
      const printed = await runBench(name, instance, env);
      process.stdout.write(`\n${printed}`);
      await record(name, printed, addresses, load.toFixed(1));
    }
    if (!interrupted) say({ ru: '\nЗаписано в docs/performance.md', en: '\nWritten into docs/performance.md' });
  } finally {
    await instance?.close();
  }
});
