import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, recordOf } from './processes.mjs';

/** @import { ProcessRecord } from './processes.mjs' */

/**
 * Who wrote the lock file; undefined when there is none, or none that can be read.
 * @param {string} file
 * @returns {ProcessRecord | undefined}
 */
export function holderOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock if nobody alive holds it; returns the holder otherwise.
 * @param {string} file
 * @returns {{ release(): void, holder?: undefined } | { holder: ProcessRecord, release?: undefined }}
 */
export function tryLock(file, me = recordOf(process.pid)) {
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx' });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      const holder = holderOf(file);
      // a file without content is being written right now by its new holder
      if (isRunning(holder) || (holder === undefined && attempt < 2)) return { holder: holder ?? {} };
      rmSync(file, { force: true });
    }
  }
}

/**
 * One at a time over all processes of this machine; a holder that was killed does not block.
 * @template T
 * @param {string} file
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  let lock = tryLock(file);
  for (let attempts = 0; !lock.release; attempts++) {
    await pause(100);
    lock = tryLock(file);
    // an empty lock file of a killed process has no holder to ask
    if (!lock.release && lock.holder.pid === undefined && attempts > 50) rmSync(file, { force: true });
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
