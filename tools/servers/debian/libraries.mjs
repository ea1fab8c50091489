import { chmodSync, closeSync, existsSync, openSync, readSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { quoted } from '../machine/processes.mjs';

const elf = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** @param {string} file */
function beginning(file) {
  const bytes = Buffer.alloc(4);
  const opened = openSync(file, 'r');
  try {
    readSync(opened, bytes, 0, 4, 0);
  } finally {
    closeSync(opened);
  }
  return bytes;
}

/**
 * Programs of a folder and those below; libraries are no programs, and a link leads to one anyway.
 * @param {string} folder
 */
function programsIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.so(\.|$)|\.[ao]$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => beginning(file).equals(elf));
}

/**
 * Makes every program of an unpacked folder start through the loader and with the libraries that were unpacked beside
 * it: another release's C library is newer than this machine's. What they start in turn is this machine's again.
 * @param {string} unpacked stands for `/` now
 * @param {string} final will stand for `/`
 * @param {string} programs the folder
 */
export function useOwnLibraries(unpacked, final, programs) {
  const base = join(unpacked, 'usr/lib');
  const folder = readdirSync(base).find((name) => existsSync(join(base, name, 'libc.so.6')));
  const loader = folder && readdirSync(join(base, folder)).find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
  if (!folder || !loader) throw new Error(`no C library below ${base}`);
  const libraries = join(final, 'usr/lib', folder);
  for (const program of programsIn(join(unpacked, programs))) {
    renameSync(program, `${program}.elf`);
    const itself = join(final, relative(unpacked, program));
    const start = [join(libraries, loader), '--library-path', libraries, '--argv0', itself, `${itself}.elf`];
    writeFileSync(program, `#!/bin/sh\nexec ${start.map(quoted).join(' ')} "$@"\n`);
    chmodSync(program, 0o755);
  }
}
