import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from '../machine/lock.mjs';
import { cacheDirectory, placeFor, plain, reachable } from '../machine/places.mjs';
import { run } from '../machine/processes.mjs';
import { say } from '../../texts.mjs';
import { download, releaseName } from './download.mjs';
import { useOwnLibraries } from './libraries.mjs';

/** @import { Release } from './download.mjs' */

/** pg_dump refuses a server that is newer than itself: this one is as new as the one that is embedded. */
const client = {
  package: 'postgresql-client-18',
  release: {
    name: `debian-14-${process.arch}`,
    source: 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian forky main\n',
  },
};

/**
 * Programs that need libraries: their package, and where they lie in it. Of this machine's own distribution, unless it
 * says of which.
 * @satisfies {Record<string, { package: string, program: string, release?: Release }>}
 */
const linkedPrograms = {
  pgbouncer: { package: 'pgbouncer', program: 'usr/sbin/pgbouncer' },
  pg_dump: { ...client, program: 'usr/lib/postgresql/18/bin/pg_dump' },
  pg_restore: { ...client, program: 'usr/lib/postgresql/18/bin/pg_restore' },
};

/**
 * @param {string} wanted
 * @returns {(onEmptySystem: readonly string[], lacking: readonly string[]) => string[]}
 */
const itselfAndItsLibraries = (wanted) => (_, lacking) => [
  ...new Set([wanted, ...lacking.filter((name) => /^z?lib/.test(name) && !name.startsWith('libperl'))]),
];

/**
 * A program out of Debian's packages with the libraries that it lacks here, unpacked without root and without
 * installing; downloaded once per user.
 * @param {keyof typeof linkedPrograms} name
 * @returns {Promise<{ program: string, env: { LD_LIBRARY_PATH?: string } }>}
 */
export async function linkedProgram(name) {
  /** @type {{ package: string, program: string, release?: Release }} */
  const { package: wanted, program, release } = linkedPrograms[name];
  const downloads = cacheDirectory();
  const from = release?.name ?? releaseName(readFileSync('/etc/os-release', 'utf8'));
  // run by a user who is not root, as servers are
  const place = placeFor(downloads, (path) => plain(path) && reachable(path), downloads);
  const final = join(place, 'programs', from, `${wanted}-linked`);
  if (!existsSync(final))
    await withLock(`${final}.lock`, async () => {
      if (existsSync(final)) return;
      say({
        ru: `${name}: загружаю пакет Debian ${wanted} (${from})…`,
        en: `${name}: downloading Debian's package ${wanted} (${from})…`,
      });
      const work = `${final}.${process.pid}`;
      rmSync(work, { recursive: true, force: true });
      try {
        const half = join(work, 'root');
        mkdirSync(half, { recursive: true });
        const debs = await download({ work, wanted, release, choose: itselfAndItsLibraries(wanted) });
        for (const deb of debs) await run('dpkg-deb', ['-x', deb, half]);
        if (release) useOwnLibraries(half, final, dirname(program));
        renameSync(half, final);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    });
  return { program: join(final, program), env: release ? {} : { LD_LIBRARY_PATH: librariesOf(final) } };
}

/** @param {string} unpacked */
const librariesOf = (unpacked) =>
  ['lib', 'usr/lib']
    .map((folder) => join(unpacked, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((inner) => inner.includes('-linux-'))
        .map((inner) => join(folder, inner)),
    )
    .join(delimiter);
