import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../servers/machine/places.mjs';
import { exitCodeOf, recordOf } from '../../servers/machine/processes.mjs';

/**
 * @import { ChildProcess } from 'node:child_process'
 * @import { Program } from '../../servers/instance.mjs'
 * @import { JestReport } from './verdict.mjs'
 */

const command = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(checkout, 'node_modules/jest/bin/jest.js'),
];
/**
 * Runs jest and returns its report; undefined when it wrote none.
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} options.report where it is to write its report
 * @param {NodeJS.ProcessEnv} options.env what the tests find beside our own environment
 * @param {(program: Program) => void} options.adopt is told of the process, to end it when we are killed
 * @param {(child: ChildProcess) => void} options.started is given the child, to interrupt it
 * @returns {Promise<JestReport | undefined>}
 */
export async function runJest(args, { report, env, adopt, started }) {
  rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    [...command, '--json', `--outputFile=${report}`, '--testLocationInResults', ...args],
    {
      cwd: checkout,
      // jest prints its results to stderr; on stdout the report itself would come
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
      env: { ...process.env, ...env },
    },
  );
  started(child);
  adopt({ name: 'jest', ...recordOf(child.pid) }); // ends with us, however we end
  await exitCodeOf(child);
  // workers of a jest that was ended hard
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // none left
  }
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
}

/**
 * Runs jest again at every save, in the terminal's hands, until it is told to end.
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, started(child: ChildProcess): void }} options
 * @returns its exit code
 */
export function watchJest(args, { env, started }) {
  // --watch would leave out what git holds unchanged
  const child = spawn(process.execPath, [...command, '--watchAll', ...args], {
    cwd: checkout,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  started(child);
  return exitCodeOf(child);
}
