import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cacheDirectory, isRoot, placeFor, plain } from './places.mjs';
import { run } from './processes.mjs';
import { say } from './texts.mjs';

/** Names of the packages that `apt-get -s install` says it would install ("Inst name (version ...)"). */
export function simulatedInstalls(output) {
  return [...output.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name.replace(/:.*$/, ''));
}

/**
 * The broker and its whole Erlang, whatever the system has of them (all must lie in one tree), and of the
 * libraries below only what the system lacks.
 * @param onEmptySystem what apt would install where nothing is
 * @param onThisSystem what apt would install here
 */
export function packagesToUnpack(onEmptySystem, onThisSystem) {
  const own = onEmptySystem.filter((name) => name === 'rabbitmq-server' || name.startsWith('erlang'));
  const libraries = onThisSystem.filter((name) => /^lib/.test(name));
  return [...new Set([...own, ...libraries])].sort();
}

/** e.g. "debian-12-x64": packages of one release do not fit another. */
export function releaseName(osRelease, architecture = process.arch) {
  const value = (key) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1] || 'unknown';
  return `${value('ID')}-${value('VERSION_ID')}-${architecture}`.toLowerCase();
}

/** `erl` names its own folder, and there are two of it: with only one changed epmd is sought in the system's Erlang. */
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

async function download(work) {
  const empty = join(work, 'empty-status');
  writeFileSync(empty, '');
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs'])
    mkdirSync(join(work, folder), { recursive: true });
  const options = [
    `Dir::State::lists=${join(work, 'lists')}`,
    `Dir::Cache=${join(work, 'cache')}`,
    'Debug::NoLocking=1',
  ];
  // as root apt would drop to a user of its own, who may not enter our folder
  if (isRoot) options.push('APT::Sandbox::User=root');
  const apt = (...args) =>
    run('apt-get', [...options.flatMap((option) => ['-o', option]), ...args], {
      cwd: join(work, 'debs'),
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  await apt('-qq', 'update').catch((error) => {
    // one foreign source that does not answer is no obstacle while the simulation finds everything
    if (!/Failed to fetch|Some index files failed/.test(error.message)) throw error;
  });
  const wanted = ['-s', '-qq', '--no-install-recommends', 'install', 'rabbitmq-server'];
  const here = await apt(...wanted).catch(() => '');
  const nowhere = await apt('-o', `Dir::State::status=${empty}`, ...wanted);
  const names = packagesToUnpack(simulatedInstalls(nowhere), simulatedInstalls(here));
  await apt('-qq', 'download', ...names);
  return readdirSync(join(work, 'debs')).map((file) => join(work, 'debs', file));
}

/** Is there an apt whose packages can be unpacked? */
export function hasApt() {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
}

/**
 * RabbitMQ and Erlang from the distribution's packages, unpacked without root and without installing.
 * Downloaded once per user and release.
 * @returns the folder that stands for `/`
 */
export async function unpackedRabbit() {
  const downloads = cacheDirectory();
  const cache = join(placeFor(downloads, plain, downloads), 'rabbitmq');
  const final = join(cache, releaseName(readFileSync('/etc/os-release', 'utf8')));
  if (existsSync(final)) return final;
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({
      ru: 'RabbitMQ: загружаю пакеты дистрибутива…',
      en: 'RabbitMQ: downloading the packages of the distribution…',
    });
    const work = `${final}.${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    try {
      const half = join(work, 'root');
      mkdirSync(half, { recursive: true });
      for (const deb of await download(work)) await run('dpkg-deb', ['-x', deb, half]);
      pointErlangTo(half, final);
      renameSync(half, final);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return final;
}
