import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  secrets?: { source: string; target?: string }[];
  volumes?: { type: string; source: string; target: string }[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  image: string;
  read_only?: boolean;
  user?: string;
  ports?: { host_ip?: string; target: number }[];
}
export interface Composed {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

export const root = resolve(import.meta.dirname, '../..');

export interface ComposeFolder {
  folder: string;
  composed: Composed;
  remove(): void;
}

export const makeSecrets = (folder: string): void =>
  void execFileSync(join(folder, 'config/make-secrets.sh'), { stdio: 'ignore' });

/** docker-compose.yml as `docker compose` reads it, in a folder of its own with secrets that the script has just made. */
export async function composeFolder(): Promise<ComposeFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'itk-compose-'));
  mkdirSync(join(folder, 'config'));
  cpSync(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
  cpSync(join(root, 'config/make-secrets.sh'), join(folder, 'config/make-secrets.sh'));
  makeSecrets(folder);
  const json = execFileSync(
    await unpackedProgram('docker-compose'),
    ['--profile', 'monitoring', 'config', '--format', 'json'],
    { cwd: folder, encoding: 'utf8' },
  );
  return {
    folder,
    composed: JSON.parse(json) as Composed,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const basic = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});
