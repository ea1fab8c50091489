import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../machine/places.mjs';
import { run } from '../machine/processes.mjs';
import { reasonOf } from '../../texts.mjs';

/** @typedef {{ name: string, source: string }} Release Of a distribution, that may be unpacked on another. */

/**
 * Names of the packages that `apt-get -s install` says it would install ("Inst name (version ...)").
 * @param {string} output
 */
export function simulatedInstalls(output) {
  return [...output.matchAll(/^Inst ([^\s:]+)/gm)].map(([, name = '']) => name);
}

/**
 * e.g. "debian-12-x64": packages of one release do not fit another.
 * @param {string} osRelease
 * @param {string} architecture
 */
export function releaseName(osRelease, architecture = process.arch) {
  const value = (/** @type {string} */ key) =>
    new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1] || 'unknown';
  return `${value('ID')}-${value('VERSION_ID')}-${architecture}`.toLowerCase();
}

/** Is there an apt whose packages can be unpacked? */
export function hasApt() {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
}

/**
 * Packages of this machine's distribution, or of another release, into a folder; nothing is installed.
 * @param {object} asked
 * @param {string} asked.work a folder for it
 * @param {string} asked.wanted the package that apt would install
 * @param {(onEmptySystem: readonly string[], lacking: readonly string[]) => string[]} asked.choose of what apt would
 *   install where nothing is, and here: which to download
 * @param {Release} [asked.release]
 * @returns the downloaded files
 */
export async function download({ work, wanted, choose, release }) {
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
  const onEmptySystem = ['-o', `Dir::State::status=${empty}`];
  if (release) {
    writeFileSync(join(work, 'sources.list'), release.source);
    options.push(`Dir::Etc::sourcelist=${join(work, 'sources.list')}`, 'Dir::Etc::sourceparts=/dev/null');
  }
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', [...options.flatMap((option) => ['-o', option]), ...args], {
      cwd: join(work, 'debs'),
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  await apt('-qq', 'update').catch((error) => {
    // one foreign source that does not answer is no obstacle while the simulation finds everything
    if (!/Failed to fetch|Some index files failed/.test(reasonOf(error))) throw error;
  });
  const simulated = ['-s', '-qq', '--no-install-recommends', 'install', wanted];
  const nowhere = simulatedInstalls(await apt(...onEmptySystem, ...simulated));
  const lacking = release ? nowhere : simulatedInstalls(await apt(...simulated).catch(() => ''));
  await apt('-qq', ...(release ? onEmptySystem : []), 'download', ...choose(nowhere, lacking));
  return readdirSync(join(work, 'debs')).map((file) => join(work, 'debs', file));
}
