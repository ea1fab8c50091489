import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { imageCache, unpackedBuildah } from './buildah.mjs';
import { withLock } from '../servers/machine/lock.mjs';
import { checkout } from '../servers/machine/places.mjs';
import { run } from '../servers/machine/processes.mjs';
import { say } from '../texts.mjs';

/** What the Dockerfile stands on: `node:24-bookworm-slim` -> 24, bookworm. */
export function wantedBase(dockerfile = readFileSync(join(checkout, 'Dockerfile'), 'utf8')) {
  const [, node, debian] = /^ARG BASE=node:(\d+)-([a-z]+)-slim$/m.exec(dockerfile) ?? [];
  if (!node || !debian) throw new Error('the Dockerfile names no base of the form node:24-bookworm-slim');
  return { node, debian };
}

/**
 * Stands in for the official image of Node, where no registry of images can be reached: Debian's smallest system by
 * debootstrap, Node and npm out of npm's packages, the authorities that this machine trusts.
 * @returns {Promise<string>} the folder that stands for `/`
 */
export async function baseFolder() {
  const { node, debian } = wantedBase();
  const final = join(imageCache(), `base-${debian}-node-${node}`);
  if (existsSync(final)) return final;
  const tools = await unpackedBuildah();
  await withLock(`${final}.lock`, async () => {
    if (existsSync(final)) return;
    say({ ru: `Собираю основу образа (${debian}, Node ${node})…`, en: `Making the base (${debian}, Node ${node})…` });
    const work = `${final}.${process.pid}`;
    try {
      const root = join(work, 'root');
      const packed = join(work, 'packed');
      mkdirSync(packed, { recursive: true });
      await run(
        join(tools, 'usr/sbin/debootstrap'),
        ['--variant=minbase', debian, root, 'http://deb.debian.org/debian'],
        {
          env: { ...process.env, DEBOOTSTRAP_DIR: join(tools, 'usr/share/debootstrap') },
        },
      );
      const packages = [`node-linux-${process.arch}@${node}`, 'npm@11'];
      await run('npm', ['pack', '--silent', '--pack-destination', packed, ...packages]);
      const unpack = async (
        /** @type {string} */ prefix,
        /** @type {string} */ place,
        /** @type {string[]} */ ...more
      ) => {
        const archive = readdirSync(packed).find((name) => name.startsWith(prefix)) ?? prefix;
        mkdirSync(join(root, place), { recursive: true });
        await run('tar', ['-xzf', join(packed, archive), '-C', join(root, place), '--strip-components=1', ...more]);
      };
      await unpack('node-linux', 'usr/local', 'package/bin/node');
      await unpack('npm-', 'usr/local/lib/node_modules/npm');
      symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
      const trusted = process.env.NODE_EXTRA_CA_CERTS;
      if (trusted) {
        const place = '/usr/local/etc/authorities.pem';
        mkdirSync(join(root, 'usr/local/etc'), { recursive: true });
        copyFileSync(trusted, join(root, place));
        writeFileSync(join(root, 'usr/local/etc/npmrc'), `cafile=${place}\n`);
      }
      renameSync(root, final);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return final;
}
