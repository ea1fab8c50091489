/**
 * `npm test [-- --proof [NAME]] [jest's arguments]`: installs what is missing, starts servers of its own, checks the types,
 * runs the tests and cleans up. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build, checkTypes } from './preparing/build.mjs';
import { installDependencies } from './preparing/dependencies.mjs';
import { openInstance, sweep, testEnvironment } from '../servers/instance.mjs';
import { checkout, local } from '../servers/machine/places.mjs';
import { recordOf } from '../servers/machine/processes.mjs';
import { planOf } from './testing/proofs.mjs';
import { runCommand, say } from '../texts.mjs';
import { lastLine, verdict } from './testing/verdict.mjs';

const plan = planOf(process.argv.slice(2));
Object.assign(process.env, plan.environment); // for the servers that are started here, as for jest

let interrupted;
const interruption = new AbortController();
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted ??= signal;
    interruption.abort();
    for (const child of children) child.kill('SIGTERM');
  });
}

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

/** Runs jest and returns its report; undefined when it wrote none. */
async function runJest(instance, report) {
  rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(checkout, 'node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${report}`,
      '--testLocationInResults',
      ...plan.jest,
    ],
    {
      cwd: checkout,
      // jest prints its results to stderr; on stdout the report itself would come
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
      env: { ...process.env, ...testEnvironment(instance) },
    },
  );
  children.add(child);
  instance.adopt({ name: 'jest', ...recordOf(child.pid) }); // ends with us, however we end
  await new Promise((resolve) => child.once('close', resolve));
  children.delete(child);
  // workers of a jest that was ended hard
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // none left
  }
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
}

await runCommand(async () => {
  let report;
  const problems = [];
  let instance;
  try {
    await installDependencies();
    await sweep();
    say({ ru: 'Запускаю PostgreSQL и RabbitMQ, собираю…', en: 'Starting PostgreSQL and RabbitMQ, building…' });
    const [opened, built] = await Promise.allSettled([openTestInstance(), checked()]);
    instance = opened.value;
    for (const { reason } of [opened, built].filter(({ status }) => status === 'rejected')) problems.push(reason);
    if (instance && !interrupted) {
      mkdirSync(local, { recursive: true });
      report = await runJest(instance, join(local, `${instance.name}-report.json`));
    }
  } catch (error) {
    problems.push(error);
  } finally {
    await instance?.close();
  }
  for (const problem of problems.filter(({ name }) => name !== 'AbortError'))
    process.stderr.write(`\n${problem.name === 'Obstacle' ? problem.message : problem.stack}\n`);
  const { passed, failed } = verdict(report, { problems: problems.length, interrupted });
  process.exitCode = interrupted ? 128 + constants.signals[interrupted] : failed > 0 ? 1 : 0;
  process.stdout.write(`${lastLine({ passed, failed })}\n`);
});
