import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  url: string;
  /** Cuts off whoever is still connected. */
  drop(): Promise<void>;
}

/** A database of one's own on the server of `ITK_TEST_DATABASE_URL`; `npm test` sets it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.ITK_TEST_DATABASE_URL;
  if (!server)
    throw new Error('ITK_TEST_DATABASE_URL is not set: run `npm test`, or `eval "$(npm run -s servers -- env)"` first');
  const name = `itk_${randomBytes(6).toString('hex')}`;
  const command = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await command(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => command(`drop database if exists ${name} with (force)`) };
}
