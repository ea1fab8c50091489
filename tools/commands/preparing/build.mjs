import { join } from 'node:path';
import { withLock } from '../../servers/machine/lock.mjs';
import { checkout, local } from '../../servers/machine/places.mjs';
import { run } from '../../servers/machine/processes.mjs';
import { Obstacle } from '../../texts.mjs';

/** `npm run build`, one at a time: two compilers writing the same folder spoil each other's work. */
export async function build({ signal } = {}) {
  await withLock(join(local, 'build.lock'), async () => {
    try {
      await run('npm', ['run', '--silent', 'build'], { cwd: checkout, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new Obstacle({
        ru: `Сборка не прошла:\n${error.message}`,
        en: `The build failed:\n${error.message}`,
      });
    }
  });
}

/** The whole type check, tests included: jest itself does not look at types. */
export async function checkTypes({ signal } = {}) {
  await withLock(join(local, 'typecheck.lock'), async () => {
    try {
      await run('npm', ['run', '--silent', 'typecheck'], { cwd: checkout, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new Obstacle({
        ru: `Проверка типов не прошла:\n${error.message}`,
        en: `The type check failed:\n${error.message}`,
      });
    }
  });
}
