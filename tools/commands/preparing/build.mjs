import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from '../../servers/machine/lock.mjs';
import { checkout, local } from '../../servers/machine/places.mjs';
import { run } from '../../servers/machine/processes.mjs';
import { Obstacle, reasonOf } from '../../texts.mjs';

/** @typedef {{ signal?: AbortSignal }} Interruptible */

/**
 * `npm run build`, one at a time: two compilers writing the same folder spoil each other's work.
 * @param {Interruptible} options
 */
export async function build({ signal } = {}) {
  await withLock(join(local, 'build.lock'), async () => {
    try {
      await run('npm', ['run', '--silent', 'build'], { cwd: checkout, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new Obstacle({
        ru: `Сборка не прошла:\n${reasonOf(error)}`,
        en: `The build failed:\n${reasonOf(error)}`,
      });
    }
  });
}

/**
 * What the build made of a module, for `import`.
 * @param {string} path
 */
export const builtModule = (path) => pathToFileURL(join(checkout, 'dist', path)).href;

const sources = ['apps', 'libs', 'sandbox', 'bench', 'package.json', 'tsconfig.base.json', 'tsconfig.build.json'];
const stamp = join(local, 'built');

/** When a source was last written, made or removed. */
export function newestSource(root = checkout) {
  const times = sources.flatMap((name) => {
    const place = join(root, name);
    const below = statSync(place).isDirectory() ? readdirSync(place, { recursive: true, encoding: 'utf8' }) : [];
    return [place, ...below.map((each) => join(place, each))].map((each) => statSync(each).mtimeMs);
  });
  return Math.max(...times);
}

/**
 * As `build`, unless nothing was written since the last time that it was done here.
 * @param {Interruptible} options
 */
export async function buildIfOlder(options) {
  const done = existsSync(join(checkout, 'dist/.tsbuildinfo')) && existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (newestSource() < done) return;
  const begun = new Date();
  await build(options);
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

/**
 * The whole type check, tests included: jest itself does not look at types.
 * @param {Interruptible} options
 */
export async function checkTypes({ signal } = {}) {
  await withLock(join(local, 'typecheck.lock'), async () => {
    try {
      await run('npm', ['run', '--silent', 'typecheck'], { cwd: checkout, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new Obstacle({
        ru: `Проверка типов не прошла:\n${reasonOf(error)}`,
        en: `The type check failed:\n${reasonOf(error)}`,
      });
    }
  });
}
