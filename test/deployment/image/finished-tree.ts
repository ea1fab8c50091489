import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** The commands of the Dockerfile's first stage, each as a shell takes it. */
export function buildCommands(dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')): string[] {
  const [, stage = ''] = /^FROM \S+ AS build$([^]*?)^FROM /m.exec(dockerfile) ?? [];
  const lines = stage.replaceAll(/\\\n/g, ' ').split('\n');
  return lines.flatMap((line) => /^RUN (.*)$/.exec(line)?.[1] ?? []);
}

/**
 * What the image holds as /app, made in a clean folder by the Dockerfile's own commands from the build that stands here:
 * installing everything and building again would only repeat it.
 * @returns its place
 */
export function finishedTree(folder: string): string {
  const [install, build, ...rest] = buildCommands();
  if (!install?.startsWith('npm ci ') || !build?.startsWith('npm run build && '))
    throw new Error('the Dockerfile no longer installs and builds first');
  const source = join(folder, 'build');
  mkdirSync(source, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(source, name));
  // a program that is a link does not know itself
  cpSync(join(root, 'tools'), join(source, 'tools'), { recursive: true });
  for (const name of ['dist', 'apps']) symlinkSync(join(root, name), join(source, name));
  for (const command of [build.slice('npm run build && '.length), ...rest]) {
    const here = command.replaceAll(/(?<=\s)\/(image|build)(?=[\s/])/g, (_, name: string) => join(folder, name));
    execFileSync('sh', ['-euc', here.replace('npm ci ', 'npm ci --prefer-offline ')], { cwd: source, stdio: 'pipe' });
  }
  return join(folder, 'image');
}
