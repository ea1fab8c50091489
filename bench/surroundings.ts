import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { connect } from 'amqplib';
import pg from 'pg';
import { topologyOf } from '#messaging';
import type { Program } from './memory/program.js';

/** A database for one run on the server of `DATABASE_URL`. */
export async function ownDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `itk_bench_${randomBytes(4).toString('hex')}`;
  const command = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await command(`create database ${name}`);
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => command(`drop database if exists ${name} with (force)`) };
}

export async function removeQueues(systems: readonly string[]): Promise<void> {
  const connection = await connect(process.env.AMQP_URL!);
  const channel = await connection.createChannel();
  for (const { name } of topologyOf(systems)) await channel.deleteQueue(name);
  await connection.close();
}

/** Ready: all that it depends on is there; of onec-component, that its mirror is filled. */
export async function untilReady({ name, healthUrl }: Program): Promise<void> {
  for (const until = Date.now() + 600_000; ; await rest(100)) {
    const answer = await fetch(`${healthUrl}/health/ready`);
    const said = await answer.text();
    if (answer.ok) return;
    if (Date.now() > until) throw new Error(`${name} does not become ready: ${said}`);
  }
}

/** A file that only its owner reads. @returns its path */
export function privateFile(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** The key that seals passwords, and the configuration. @returns environment of the services */
export const servicesEnvironment = (folder: string, configuration: unknown): NodeJS.ProcessEnv => ({
  ITK_CONFIG: privateFile(folder, 'itk.yaml', JSON.stringify(configuration)),
  ITK_SECRET_KEY_FILE: privateFile(folder, 'key', randomBytes(32).toString('base64')),
});
