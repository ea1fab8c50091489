import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../servers/machine/lock.mjs';
import { checkout, local } from '../../servers/machine/places.mjs';
import { run } from '../../servers/machine/processes.mjs';
import { Obstacle, say } from '../../texts.mjs';

/**
 * Are the installed packages those of the lock file? Compared by content: a checkout of another branch
 * changes the times of files and not the need.
 * @param lock content of package-lock.json
 * @param installed content of node_modules/.package-lock.json, undefined when there is none
 */
export function upToDate(lock, installed) {
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed.packages?.[path];
    // packages for other platforms are in the lock file and are not installed
    if (!found) return Boolean(wanted.optional || wanted.devOptional || wanted.link);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function complete() {
  return upToDate(
    readJson(join(checkout, 'package-lock.json')),
    readJson(join(checkout, 'node_modules/.package-lock.json')),
  );
}

/** Runs `npm ci` when packages are missing or older than the lock file. */
export async function installDependencies() {
  if (complete()) return;
  await withLock(join(local, 'install.lock'), async () => {
    if (complete()) return;
    say({ ru: 'Устанавливаю зависимости (npm ci)…', en: 'Installing dependencies (npm ci)…' });
    try {
      await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: checkout });
    } catch (error) {
      rmSync(join(checkout, 'node_modules/.package-lock.json'), { force: true });
      throw new Obstacle({
        ru: `Зависимости не установились. Проверьте сеть и реестр npm.\n${error.message}`,
        en: `The dependencies could not be installed. Check the network and the npm registry.\n${error.message}`,
      });
    }
  });
}
