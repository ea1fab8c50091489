import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Milliseconds without a byte: no writer alive lets its file lie so long, and if one did, it would write again. */
const leftAfter = 3_600_000;

/** A name beside the file that no other writer has: process numbers are alike in containers that share a folder. */
export const partOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.part`;

/** Beside the file: a copy of the state for whoever asked by this name. */
export const exportAt = (file: string, name: string): string => join(dirname(file), `.${name}`);

const isExport = (name: string): boolean => /^\.[0-9a-f]+\.export$/.test(name);
const isPartOf = (name: string, file: string): boolean =>
  name.startsWith(`${basename(file)}.`) && /^[0-9a-f]+\.part$/.test(name.slice(basename(file).length + 1));

/**
 * Removes what processes that died have left beside the file. What another one is writing at this moment stays.
 * @returns how many
 */
export async function removeLeftBehind(file: string, now = Date.now()): Promise<number> {
  const folder = dirname(file);
  let removed = 0;
  for (const name of await readdir(folder)) {
    if (!isPartOf(name, file) && !isExport(name)) continue;
    const path = join(folder, name);
    const writtenAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (now - writtenAt < leftAfter) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}
