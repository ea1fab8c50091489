import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../machine/lock.mjs';
import { cacheDirectory, placeFor, plain } from '../machine/places.mjs';
import { run } from '../machine/processes.mjs';
import { useOwnLibraries } from '../debian/libraries.mjs';
import { download, releaseName } from '../debian/download.mjs';
import { Obstacle, say } from '../../texts.mjs';

/** @import { Release } from '../debian/download.mjs' */

/**
 * The broker and its whole Erlang, whatever the system has of them (all must lie in one tree), and of the
 * libraries below only what is lacking.
 * @param {readonly string[]} onEmptySystem what apt would install where nothing is
 * @param {readonly string[]} lacking what apt would install here; another release has nothing here
 */
export function packagesToUnpack(onEmptySystem, lacking) {
  const own = onEmptySystem.filter((name) => name === 'rabbitmq-server' || name.startsWith('erlang'));
  const libraries = lacking.filter((name) => /^z?lib/.test(name));
  return [...new Set([...own, ...libraries])].sort();
}

/**
 * `erl` names its own folder, and there are two of it: with only one changed epmd is sought in the system's Erlang.
 * @param {string} unpacked
 * @param {string} final
 */
function pointErlangTo(unpacked, final) {
  const erlang = join(unpacked, 'usr/lib/erlang');
  const scripts = readdirSync(erlang)
    .filter((name) => name.startsWith('erts-'))
    .map((name) => join(erlang, name, 'bin/erl'));
  for (const script of [join(erlang, 'bin/erl'), ...scripts].filter((file) => existsSync(file))) {
    const content = readFileSync(script, 'utf8');
    writeFileSync(script, content.replaceAll(/ROOTDIR=("?)\/usr\/lib\/erlang/g, `ROOTDIR=$1${final}/usr/lib/erlang`));
  }
}

/**
 * Releases that can be unpacked whatever this machine runs: each with all libraries of its own.
 * @type {{ readonly [major: string]: Release }}
 */
const otherReleases = {
  4: {
    name: `debian-13-${process.arch}`,
    source: 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n',
  },
};

/**
 * The broker to start by its major version; that of this machine unless ITK_RABBITMQ names another.
 * @param {NodeJS.ProcessEnv} environment
 */
export function wantedRelease(environment = process.env) {
  const major = environment.ITK_RABBITMQ;
  if (!major) return undefined;
  const release = otherReleases[major];
  if (release) return release;
  const known = Object.keys(otherReleases).join(', ');
  throw new Obstacle({
    ru: `ITK_RABBITMQ=${major}: такого RabbitMQ взять негде. Можно: ${known}.`,
    en: `ITK_RABBITMQ=${major}: there is nowhere to take such a RabbitMQ from. It may be: ${known}.`,
  });
}

/**
 * RabbitMQ and Erlang from the packages of this machine's distribution or of another release, unpacked without root
 * and without installing. Downloaded once per user and release.
 * @param {Release} [release]
 * @returns the folder that stands for `/`
 */
export async function unpackedRabbit(release) {
  const downloads = cacheDirectory();
  const cache = join(placeFor(downloads, plain, downloads), 'rabbitmq');
  const name = release?.name ?? releaseName(readFileSync('/etc/os-release', 'utf8'));
  const final = join(cache, name);
  if (existsSync(final)) return final;
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({
      ru: `RabbitMQ: загружаю пакеты дистрибутива (${name})…`,
      en: `RabbitMQ: downloading the packages of the distribution (${name})…`,
    });
    const work = `${final}.${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    try {
      const half = join(work, 'root');
      mkdirSync(half, { recursive: true });
      for (const deb of await download({ work, release, wanted: 'rabbitmq-server', choose: packagesToUnpack }))
        await run('dpkg-deb', ['-x', deb, half]);
      pointErlangTo(half, final);
      if (release) useOwnLibraries(half, final, 'usr/lib/erlang');
      renameSync(half, final);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return final;
}
