import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { download } from '../servers/debian/download.mjs';
import { withLock } from '../servers/machine/lock.mjs';
import { cacheDirectory, placeFor, plain } from '../servers/machine/places.mjs';
import { run } from '../servers/machine/processes.mjs';
import { say } from '../texts.mjs';

/** Where what the image's proof needs is kept from run to run. */
export const imageCache = () => {
  const downloads = cacheDirectory();
  return join(placeFor(downloads, plain, downloads), 'image');
};

const libraries = (/** @type {string} */ root) =>
  join(root, 'usr/lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`);

/**
 * buildah and debootstrap of this machine's Debian, unpacked and not installed. buildah starts itself anew without its
 * environment, so that its libraries are named within it.
 * @returns {Promise<string>} the folder that stands for `/`
 */
export async function unpackedBuildah() {
  const final = join(imageCache(), 'buildah');
  if (existsSync(final)) return final;
  mkdirSync(imageCache(), { recursive: true });
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({ ru: 'buildah: загружаю пакеты Debian…', en: 'buildah: downloading Debian’s packages…' });
    const work = `${final}.${process.pid}`;
    try {
      mkdirSync(work, { recursive: true });
      const debs = await download({
        work,
        wanted: 'buildah',
        choose: (_, lacking) => [
          ...['buildah', 'debootstrap', 'patchelf'],
          ...lacking.filter((name) => name.startsWith('lib')),
        ],
      });
      const root = join(work, 'root');
      for (const deb of debs) await run('dpkg-deb', ['-x', deb, root]);
      const folder = libraries(root);
      const own = existsSync(folder) ? readdirSync(folder).filter((name) => name.includes('.so')) : [];
      for (const file of [join(root, 'usr/bin/buildah'), ...own.map((name) => join(folder, name))])
        await run(join(root, 'usr/bin/patchelf'), ['--set-rpath', libraries(final), file]);
      renameSync(root, final);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return final;
}
