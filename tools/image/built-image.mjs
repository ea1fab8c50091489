import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseFolder } from './base.mjs';
import { unpackedBuildah } from './buildah.mjs';
import { checkout, isRoot } from '../servers/machine/places.mjs';
import { run } from '../servers/machine/processes.mjs';
import { Obstacle } from '../texts.mjs';

/**
 * @typedef {object} Start
 * @property {string[]} command
 * @property {string} user
 * @property {Record<string, string>} environment
 * @property {{ source: string, target: string }[]} mounts none of them can be written
 */

/** Builds the Dockerfile without an engine that runs: buildah, each step in a chroot. Takes root. */
export async function builtImage() {
  if (!isRoot)
    throw new Obstacle({
      ru: 'Собрать образ без движка контейнеров может только root: sudo npm run proof -- image',
      en: 'Only root builds an image without a container engine: sudo npm run proof -- image',
    });
  const base = await baseFolder();
  const program = join(await unpackedBuildah(), 'usr/bin/buildah');
  const work = mkdtempSync(join(tmpdir(), 'itk-image-'));
  for (const folder of ['storage', 'run']) mkdirSync(join(work, folder));
  writeFileSync(join(work, 'registries.conf'), 'unqualified-search-registries = []\n');
  writeFileSync(join(work, 'policy.json'), '{"default":[{"type":"insecureAcceptAnything"}]}');
  const places = ['--root', join(work, 'storage'), '--runroot', join(work, 'run')];
  const common = ['--storage-driver=vfs', ...places, '--registries-conf', join(work, 'registries.conf')];
  const trusting = ['--signature-policy', join(work, 'policy.json')];
  const buildah = async (/** @type {string[]} */ ...args) =>
    (await run(program, [...common, ...args], { cwd: checkout })).trim();

  const remove = async () => {
    await buildah('umount', '--all').catch(() => undefined);
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const scratch = await buildah('from', ...trusting, 'scratch');
    await buildah('add', scratch, base, '/');
    await buildah('commit', ...trusting, '--rm', scratch, 'localhost/base:1');
    const build = [
      'bud',
      ...trusting,
      '--format',
      'docker',
      '--isolation',
      'chroot',
      '--build-arg',
      'BASE=localhost/base:1',
    ];
    await buildah(...build, '-t', 'localhost/itk:1', '.');
    const container = await buildah('from', ...trusting, 'localhost/itk:1');
    const settings = JSON.parse(await buildah('inspect', '--type', 'image', 'localhost/itk:1')).Docker.config;
    return {
      /** Where its files lie. */
      root: await buildah('mount', container),
      settings:
        /** @type {{ User: string, Entrypoint: string[], StopSignal: string, Healthcheck: { Test: string[] } }} */ (
          settings
        ),
      base,
      /** @param {Start} start */
      start({ command, user, environment, mounts }) {
        const volumes = mounts.flatMap(({ source, target }) => ['--volume', `${source}:${target}:ro`]);
        const variables = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
        const options = ['--isolation', 'chroot', '--user', user, ...volumes, ...variables];
        return spawn(program, [...common, 'run', ...options, container, '--', ...settings.Entrypoint, ...command], {
          detached: true,
        });
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
