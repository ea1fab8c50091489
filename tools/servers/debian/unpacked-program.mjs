import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../machine/lock.mjs';
import { cacheDirectory, isRoot, placeFor, plain } from '../machine/places.mjs';
import { run } from '../machine/processes.mjs';
import { say } from '../../texts.mjs';

/**
 * Programs that need nothing but themselves (written in Go), so that Debian 13's run on any Linux of the same
 * architecture: package, and where the program lies in it.
 */
export const debianPrograms = {
  'docker-compose': { package: 'docker-compose', program: 'usr/libexec/docker/cli-plugins/docker-compose' },
  // tests Prometheus's rules
  promtool: { package: 'promtool', program: 'usr/bin/promtool' },
  amtool: { package: 'prometheus-alertmanager', program: 'usr/bin/amtool' },
  kubectl: { package: 'kubectl', program: 'usr/bin/kubectl' },
};

const source =
  'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n';

/**
 * A program out of Debian's package, unpacked without root and without installing; downloaded once per user.
 * @param {keyof typeof debianPrograms} name
 * @returns {Promise<string>} its path
 */
export async function unpackedProgram(name) {
  const { package: wanted, program } = debianPrograms[name];
  const downloads = cacheDirectory();
  const final = join(placeFor(downloads, plain, downloads), 'programs', `debian-13-${process.arch}`, name);
  if (existsSync(final)) return final;
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({ ru: `${name}: загружаю пакет Debian ${wanted}…`, en: `${name}: downloading Debian's package ${wanted}…` });
    const work = `${final}.${process.pid}`;
    rmSync(work, { recursive: true, force: true });
    try {
      for (const folder of ['lists/partial', 'cache/archives/partial', 'debs', 'root'])
        mkdirSync(join(work, folder), { recursive: true });
      writeFileSync(join(work, 'status'), '');
      writeFileSync(join(work, 'sources.list'), source);
      const options = [
        `Dir::State::lists=${join(work, 'lists')}`,
        `Dir::State::status=${join(work, 'status')}`,
        `Dir::Cache=${join(work, 'cache')}`,
        `Dir::Etc::sourcelist=${join(work, 'sources.list')}`,
        'Dir::Etc::sourceparts=/dev/null',
        'Debug::NoLocking=1',
        ...(isRoot ? ['APT::Sandbox::User=root'] : []),
      ].flatMap((option) => ['-o', option]);
      const apt = (/** @type {string[]} */ ...args) =>
        run('apt-get', [...options, ...args], { cwd: join(work, 'debs'), env: { ...process.env, LC_ALL: 'C' } });
      await apt('-qq', 'update');
      await apt('-qq', 'download', wanted);
      for (const deb of readdirSync(join(work, 'debs')))
        await run('dpkg-deb', ['-x', join(work, 'debs', deb), join(work, 'root')]);
      mkdirSync(dirname(final), { recursive: true });
      renameSync(join(work, 'root', program), final);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return final;
}
