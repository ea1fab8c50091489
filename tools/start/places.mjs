import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Obstacle } from './texts.mjs';

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const local = join(checkout, '.local');

/** PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing. */
export const nobody = { uid: 65534, gid: 65534 };
export const isRoot = process.getuid?.() === 0;
// under a strict umask everything made here for the database's user would be closed to it
if (isRoot) process.umask(0o022);
export const serverUser = isRoot ? nobody : {};

export function instanceDirectory(name) {
  return join(local, name);
}

/** A short name of the checkout, the same in every run: tells two clones side by side apart. */
export function checkoutHash(path = checkout) {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

/** Can the user that the database runs as enter this folder? Tried, not calculated: ACLs and mounts count too. */
export function reachable(directory, user = serverUser) {
  if (user.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0" 2>/dev/null', directory], { ...user, cwd: '/' }).status === 0;
}

/**
 * The folder itself where the database's user can enter it, else its stand-in outside the checkout
 * (a clone under /root, whose mode is 0700).
 */
export function placeFor(directory) {
  mkdirSync(directory, { recursive: true });
  if (reachable(directory)) return directory;
  const own = join('/var/tmp', `integration-toolkit-${checkoutHash()}`);
  mkdirSync(own, { recursive: true, mode: 0o755 });
  const found = lstatSync(own);
  if (!found.isDirectory() || found.uid !== process.getuid()) {
    throw new Obstacle({
      ru: `Папка ${own} принадлежит другому пользователю. Удалите её и повторите.`,
      en: `The folder ${own} belongs to another user. Remove it and try again.`,
    });
  }
  chmodSync(own, 0o755);
  const place = join(own, relative(checkout, directory));
  mkdirSync(place, { recursive: true });
  return place;
}

/** What is downloaded once for all clones of this user; inside the checkout where the home folder cannot be written. */
export function cacheDirectory(environment = process.env) {
  const home = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache');
  for (const candidate of [join(home, 'integration-toolkit'), join(checkout, '.cache')]) {
    try {
      mkdirSync(candidate, { recursive: true });
      accessSync(candidate, constants.W_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  throw new Obstacle({
    ru: `Некуда сохранить скачанное: недоступны для записи ${home} и ${join(checkout, '.cache')}.`,
    en: `There is no place for downloads: neither ${home} nor ${join(checkout, '.cache')} can be written.`,
  });
}
