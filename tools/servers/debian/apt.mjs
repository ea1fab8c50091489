import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from '../machine/places.mjs';
import { run } from '../machine/processes.mjs';

/**
 * apt with lists and a cache of its own below `work`, so that nothing of the machine's is touched; what it downloads
 * lies in `work/debs`.
 * @param {string} work
 * @param {{ source?: string }} [options] of another release, which has nothing installed here
 * @returns {Promise<(...args: string[]) => Promise<string>>}
 */
export async function aptIn(work, { source } = {}) {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs'])
    mkdirSync(join(work, folder), { recursive: true });
  const options = [`Dir::State::lists=${join(work, 'lists')}`, `Dir::Cache=${join(work, 'cache')}`];
  if (source) {
    writeFileSync(join(work, 'status'), '');
    writeFileSync(join(work, 'sources.list'), source);
    options.push(
      `Dir::State::status=${join(work, 'status')}`,
      `Dir::Etc::sourcelist=${join(work, 'sources.list')}`,
      'Dir::Etc::sourceparts=/dev/null',
    );
  }
  // as root apt would drop to a user of its own, who may not enter our folder
  if (isRoot) options.push('APT::Sandbox::User=root');
  const all = [...options, 'Debug::NoLocking=1'].flatMap((option) => ['-o', option]);
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', [...all, '-qq', ...args], { cwd: join(work, 'debs'), env: { ...process.env, LC_ALL: 'C' } });
  await apt('update');
  return apt;
}
