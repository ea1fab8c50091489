/**
 * `npm test [-- --proof [NAME]] [jest's arguments]`: installs what is missing, starts servers of its own, checks the types,
 * runs the tests and cleans up. The last line is `N passed, N failed`. With files named and a developer's servers
 * running (`npm run servers -- up`) it takes the short way of testing/loop.mjs; `--watch` runs again at every save.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build, checkTypes } from './preparing/build.mjs';
import { installDependencies } from './preparing/dependencies.mjs';
import { developers, openInstance, runningServers, sweep, testEnvironment } from '../servers/instance.mjs';
import { local } from '../servers/machine/places.mjs';
import { runJest, watchJest } from './testing/jest.mjs';
import { isLoop, readyFor } from './testing/loop.mjs';
import { isByName, namedPaths, specsOf } from './testing/needs.mjs';
import { planOf } from './testing/proofs.mjs';
import { runCommand, say } from '../texts.mjs';
import { lastLine, verdict } from './testing/verdict.mjs';

const watch = process.argv.includes('--watch');
const plan = planOf(process.argv.slice(2).filter((argument) => argument !== '--watch'));
Object.assign(process.env, plan.environment); // for the servers that are started here, as for jest

/**
 * @import { ChildProcess } from 'node:child_process'
 * @import { Ready } from './testing/loop.mjs'
 */

/** @type {NodeJS.Signals | undefined} */
let interrupted;
const interruption = new AbortController();
/** @type {Set<ChildProcess>} */
const children = new Set();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted ??= signal;
    interruption.abort();
    for (const child of children) child.kill('SIGTERM');
  });
}

const started = (/** @type {ChildProcess} */ child) => {
  children.add(child);
  child.once('close', () => children.delete(child));
};

/** `test`, or `test-2`, ... while another run of this checkout is under way. */
async function openTestInstance() {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'test' : `test-${number}`;
    const instance = await openInstance(name, { fresh: true, durable: false, discard: true });
    if (instance) return instance;
  }
}

async function checked() {
  const { signal } = interruption;
  await build({ signal });
  await checkTypes({ signal });
}

/**
 * The whole way: servers of its own, build and types. What stood in the way is added to the problems.
 * @param {unknown[]} problems
 * @returns {Promise<(Ready & { name: string }) | undefined>}
 */
async function readyForAll(problems) {
  await sweep();
  say({ ru: 'Запускаю PostgreSQL и RabbitMQ, собираю…', en: 'Starting PostgreSQL and RabbitMQ, building…' });
  const [opened, built] = await Promise.allSettled([openTestInstance(), checked()]);
  for (const each of [opened, built]) if (each.status === 'rejected') problems.push(each.reason);
  const instance = opened.status === 'fulfilled' ? opened.value : undefined;
  if (!instance) return undefined;
  const { name, adopt, close } = instance;
  return { name, adopt, close, env: testEnvironment(instance) };
}

/** @param {string[]} specs */
async function watchOn(specs) {
  await installDependencies();
  const ready = await readyFor(specs, { signal: interruption.signal, servers: runningServers(developers) });
  try {
    process.exitCode = await watchJest(plan.jest, { env: ready.env, started });
  } finally {
    await ready.close();
  }
}

/** @param {string[]} specs */
async function runOnce(specs) {
  let report;
  const servers = runningServers(developers);
  /** @type {unknown[]} */
  const problems = [];
  /** @type {(Ready & { name?: string }) | undefined} */
  let ready;
  try {
    await installDependencies();
    ready = isLoop({ specs, servers })
      ? await readyFor(specs, { signal: interruption.signal, servers })
      : await readyForAll(problems);
    if (ready && !interrupted) {
      mkdirSync(local, { recursive: true });
      const file = join(local, `${ready.name ?? `loop-${process.pid}`}-report.json`);
      report = await runJest(plan.jest, { report: file, env: ready.env, adopt: ready.adopt, started });
      if (!ready.name) rmSync(file, { force: true });
    }
  } catch (error) {
    problems.push(error);
  } finally {
    await ready?.close();
  }
  for (const { name, message, stack } of /** @type {Error[]} */ (problems))
    if (name !== 'AbortError') process.stderr.write(`\n${name === 'Obstacle' ? message : stack}\n`);
  const { passed, failed } = verdict(report, {
    byName: isLoop({ specs, servers }) && isByName(plan.jest),
    problems: problems.length,
    interrupted,
  });
  process.exitCode = interrupted ? 128 + constants.signals[interrupted] : failed > 0 ? 1 : 0;
  process.stdout.write(`${lastLine({ passed, failed })}\n`);
}

const specs = Object.keys(plan.environment).length > 0 ? [] : specsOf(namedPaths(plan.jest));
await runCommand(() => (watch ? watchOn(specs.length > 0 ? specs : specsOf(['.'])) : runOnce(specs)));
