import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Obstacle } from '../../texts.mjs';

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const local = join(checkout, '.local');

/** PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing. */
export const nobody = { uid: 65534, gid: 65534 };
export const isRoot = process.getuid?.() === 0;
// under a strict umask everything made here for the database's user would be closed to it
if (isRoot) process.umask(0o022);
/** @type {{ uid?: number, gid?: number }} */
export const serverUser = isRoot ? nobody : {};

/** @param {string} name */
export function instanceDirectory(name) {
  return join(local, name);
}

/** A short name of the checkout, the same in every run: tells two clones side by side apart. */
export function checkoutHash(path = checkout) {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

/**
 * Can the user that the database runs as enter this folder? Tried, not calculated: ACLs and mounts count too.
 * @param {string} directory
 */
export function reachable(directory, user = serverUser) {
  if (user.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0" 2>/dev/null', directory], { ...user, cwd: '/' }).status === 0;
}

/**
 * Can PostgreSQL work under this path? Its initdb hands paths to a shell in double quotes.
 * @param {string} path
 */
export function quotable(path) {
  return !/[$`"\\\n]/.test(path);
}

/**
 * Can RabbitMQ work under this path? Its scripts and Erlang's `erl` take theirs unquoted, and letters beyond ASCII end
 * it at its start.
 * @param {string} path
 */
export function plain(path) {
  return /^[\w./@+-]+$/.test(path);
}

/**
 * Where the data of a folder lie that a server cannot bear: outside the checkout, told apart by what it stands for.
 * @param {string} directory
 * @param {string} base
 */
function standInOf(directory, base) {
  const inner = relative(base, directory);
  const own = join('/var/tmp', `integration-toolkit-${checkoutHash(base)}`);
  return inner === '' ? own : join(own, plain(inner) ? inner : checkoutHash(inner));
}

/**
 * The folder itself where its server bears it, else its stand-in: a clone under /root, whose mode is 0700, is closed
 * to the database's user, and one in `Мой проект (1)` is no path for RabbitMQ.
 * @param {string} directory
 * @param {(path: string) => boolean} bears told a folder that is there
 * @param {string} base what the stand-in is named after
 */
export function placeFor(directory, bears = (path) => quotable(path) && reachable(path), base = checkout) {
  mkdirSync(directory, { recursive: true });
  if (bears(directory)) return directory;
  const own = standInOf(base, base);
  mkdirSync(own, { recursive: true, mode: 0o755 });
  const found = lstatSync(own);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Obstacle({
      ru: `Папка ${own} принадлежит другому пользователю. Удалите её и повторите.`,
      en: `The folder ${own} belongs to another user. Remove it and try again.`,
    });
  }
  chmodSync(own, 0o755);
  const place = standInOf(directory, base);
  mkdirSync(place, { recursive: true });
  return place;
}

/**
 * Removes a folder and what stood in for it.
 * @param {string} directory
 */
export function removePlaces(directory) {
  const standIn = standInOf(directory, checkout);
  const ours = lstatSync(standIn, { throwIfNoEntry: false })?.uid === process.getuid?.();
  for (const place of ours ? [directory, standIn] : [directory]) rmSync(place, { recursive: true, force: true });
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
