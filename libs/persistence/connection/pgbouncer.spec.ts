import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { SettingError } from '#platform';
import { linkedProgram } from '../../../tools/servers/debian/linked-program.mjs';
import { serverUser } from '../../../tools/servers/machine/places.mjs';
import { openMigrated } from '../schema/migrate.js';
import { eventually } from '../testing/eventually.js';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { createDataSource } from './data-source.js';

/** A real PgBouncer of this machine's distribution. */
let database: TestDatabase;
let bouncer: Awaited<ReturnType<typeof linkedProgram>>;
const folder = mkdtempSync(join(tmpdir(), 'itk-pgbouncer-'));
const running: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  bouncer = await linkedProgram('pgbouncer');
  chmodSync(folder, 0o755);
}, 180_000);
afterEach(() => void running.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** @returns the address that leads through it */
async function pooling(mode: string, size = 20): Promise<string> {
  const { hostname, port, username, password } = new URL(database.url);
  const own = await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o644 });
    return join(folder, name);
  };
  const users = file('users.txt', `"${username}" "${decodeURIComponent(password)}"\n`);
  const settings = file(
    `${mode}.ini`,
    `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${size}
`,
  );
  const child = spawn(bouncer.program, [settings], {
    env: bouncer.env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...serverUser,
  });
  running.push(child);
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const url = new URL(database.url);
  [url.hostname, url.port] = ['127.0.0.1', String(own)];
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(said);
    await answers(own);
  }, 60_000);
  return url.href;
}

const open = (url: string) => openMigrated(createDataSource({ url, schema: 'bounced', entities: [], migrations: [] }));
const refusalOf = async (url: string): Promise<SettingError> => {
  const error: unknown = await open(url).then(
    (dataSource) => dataSource.destroy(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SettingError);
  return error as SettingError;
};
const named = /^database-(pooler|search-path)$/;

test.each([
  ['transaction', 20],
  ['transaction', 1],
  ['statement', 20],
])(
  'in %s mode, with %i connections, it is named at the start with its cure',
  async (mode, size) => {
    const { trouble } = await refusalOf(await pooling(mode, size));
    expect(trouble.cause).toMatch(named);
    expect(trouble.cure.en).toContain('pool_mode = session');
    expect(trouble.cure.ru).toContain('pool_mode = session');
  },
  90_000,
);

test('in transaction mode it is named also while others use it', async () => {
  const url = await pooling('transaction');
  const others = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  let over = false;
  const work = others.map(async (client, index) => {
    while (!over) await client.query(`select pg_sleep(0.00${index + 1})`);
    await client.end();
  });
  for (let time = 0; time < 5; time++) expect((await refusalOf(url)).trouble.cause).toMatch(named);
  over = true;
  await Promise.all(work);
}, 90_000);

test('in session mode everything works through it', async () => {
  const dataSource = await open(await pooling('session'));
  expect(await dataSource.query('select current_schema() as schema')).toEqual([{ schema: 'bounced' }]);
  await dataSource.destroy();
}, 90_000);

const answers = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
