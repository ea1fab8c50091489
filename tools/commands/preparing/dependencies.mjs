import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../servers/machine/lock.mjs';
import { checkout, local } from '../../servers/machine/places.mjs';
import { run } from '../../servers/machine/processes.mjs';
import { Obstacle, reasonOf, say } from '../../texts.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Package
 * @typedef {{ packages: Record<string, Package> }} Lock
 */

/**
 * Are the installed packages those of the lock file? Compared by content: a checkout of another branch
 * changes the times of files and not the need.
 * @param {Lock} lock content of package-lock.json
 * @param {Partial<Lock> | undefined} installed content of node_modules/.package-lock.json, undefined when there is none
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

/**
 * @param {string} file
 * @returns {Lock}
 */
const lockIn = (file) => JSON.parse(readFileSync(file, 'utf8'));

function complete() {
  const installed = join(checkout, 'node_modules/.package-lock.json');
  return upToDate(lockIn(join(checkout, 'package-lock.json')), existsSync(installed) ? lockIn(installed) : undefined);
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
        ru: `Зависимости не установились. Проверьте сеть и реестр npm.\n${reasonOf(error)}`,
        en: `The dependencies could not be installed. Check the network and the npm registry.\n${reasonOf(error)}`,
      });
    }
  });
}
