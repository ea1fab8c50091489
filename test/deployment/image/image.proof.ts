import { execFileSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { builtImage } from '../../../tools/image/built-image.mjs';
import { launchers } from '../../../tools/image/launchers.mjs';
import { unpackedProgram } from '../../../tools/servers/debian/unpacked-program.mjs';
import { serviceNames } from '../../../tools/services.mjs';
import { createSandboxMoodle, type SandboxMoodle } from '../../../sandbox/moodle/server.js';
import { createSandboxOneC, type SandboxOneC } from '../../../sandbox/onec/server.js';
import { until } from '../../harness/until.js';

interface Composed {
  services: Record<
    string,
    {
      command: string[];
      environment: Record<string, string>;
      secrets?: { source: string; target?: string }[];
      volumes?: { type: string; source: string; target: string }[];
      user: string;
    }
  >;
  secrets: Record<string, { file: string }>;
}

const root = resolve(import.meta.dirname, '../../..');
const services = serviceNames();
const tag = `_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'itk-image-proof-'));
const secrets = join(folder, 'config/secrets');

let image: Awaited<ReturnType<typeof builtImage>>;
let composed: Composed;
let database: TestDatabase;
let moodle: SandboxMoodle;
let onec: SandboxOneC;
const running: ChildProcess[] = [];

/** The compose file with secrets just made, whose addresses lead to the servers that run here. */
async function compose(): Promise<void> {
  mkdirSync(join(folder, 'config'));
  for (const file of ['docker-compose.yml', 'config/make-secrets.sh']) cpSync(join(root, file), join(folder, file));
  execFileSync(join(folder, 'config/make-secrets.sh'), { stdio: 'ignore' });
  writeFileSync(join(folder, 'config/itk.yaml'), JSON.stringify(configuration()), { mode: 0o644 });
  const program = await unpackedProgram('docker-compose');
  const text = execFileSync(program, ['config', '--format', 'json'], { cwd: folder, encoding: 'utf8' });
  composed = JSON.parse(text) as Composed;
  const [postgres, rabbit] = [new URL(database.url), new URL(process.env.ITK_TEST_AMQP_URL!)];
  const files = readdirSync(secrets, { recursive: true, encoding: 'utf8' });
  for (const path of files.filter((name) => name.endsWith('-url'))) {
    const given = new URL(readFileSync(join(secrets, path), 'utf8'));
    const actual = given.protocol === 'amqp:' ? rabbit : postgres;
    given.host = actual.host;
    if (given.protocol === 'postgres:') given.pathname = postgres.pathname;
    if (path.startsWith('admin-')) [given.username, given.password] = [actual.username, actual.password];
    else given.username += tag;
    writeFileSync(join(secrets, path), given.href.replace(/\/$/, ''));
  }
}

const configuration = (): object => ({
  systems: [
    {
      id: `image-${process.pid}`,
      els: 'LMS',
      synchronizer: {
        url: 'http://127.0.0.1:9/ws/ITK_Synchronizer.1cws',
        user: 'toolkit',
        passwordFile: 'secrets/1c',
        zone: 'Europe/Moscow',
      },
      moodle: { url: moodle.url, tokenFile: 'secrets/moodle' },
    },
  ],
  onecComponent: { mirror: { url: `${onec.url}/snapshot` }, zone: 'Europe/Moscow', accounts: [] },
});

/** A container with what the compose file gives it; but for ports, which this machine's network shares out. */
function start(name: string, ports: Record<string, string> = {}): { child: ChildProcess; said: () => string } {
  const { command, environment, secrets: given = [], volumes = [], user } = composed.services[name]!;
  const api = new URL(process.env.ITK_TEST_RABBIT_API!);
  const { MANAGEMENT_URL } = environment;
  const child = image.start({
    command,
    user,
    environment: { ...environment, ...(MANAGEMENT_URL && { MANAGEMENT_URL: `http://${api.host}` }), ...ports },
    mounts: [
      ...volumes.filter(({ type }) => type === 'bind'),
      ...given.map(({ source, target }) => ({
        source: composed.secrets[source]!.file,
        target: resolve('/run/secrets', target ?? source),
      })),
    ],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream!.on('data', (text) => (said += String(text)));
  running.push(child);
  return { child, said: () => said };
}

beforeAll(async () => {
  [database, moodle, onec] = await Promise.all([
    createTestDatabase(),
    createSandboxMoodle({ courses: 4 }),
    createSandboxOneC({
      ...{ students: 3, seed: 1, faulty: 0, courses: 3, zone: 'Europe/Moscow', systems: ['LMS'] },
      component: 'http://127.0.0.1:9',
    }),
  ]);
  await compose();
  image = await builtImage();
}, 3_000_000);

afterAll(async () => {
  for (const child of running) endGroup(child, 'SIGKILL');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const api = new URL(process.env.ITK_TEST_RABBIT_API!);
  const authorization = `Basic ${Buffer.from(`${api.username}:${api.password}`).toString('base64')}`;
  [api.username, api.password] = ['', ''];
  for (const name of services) {
    const role = `itk_${name.replaceAll('-', '_')}${tag}`;
    await client.query(`drop owned by "${role}" cascade; drop role "${role}"`).catch(() => undefined);
    await fetch(new URL(`api/users/${role}`, api), { method: 'DELETE', headers: { authorization } });
  }
  await client.end();
  await Promise.all([database.drop(), moodle.close(), onec.close(), image?.remove()]);
  rmSync(folder, { recursive: true, force: true });
}, 300_000);

it('our layers are under 120 MB unpacked, and lie in /app alone', () => {
  const blocks = execFileSync('du', ['--summarize', '--block-size=1', join(image.root, 'app')], { encoding: 'utf8' });
  const megabytes = Number(blocks.split('\t')[0]) / 1e6;
  process.stderr.write(`du of /app, all that is laid upon the base with Node: ${megabytes.toFixed(1)} MB\n`);
  expect(megabytes).toBeLessThan(120);
  const above = readdirSync(image.root).filter((name) => !existsSync(join(image.base, name)));
  expect(above).toEqual(['app']);
  const modules = readdirSync(join(image.root, 'app/node_modules'));
  for (const left of ['jest', 'typescript', 'vite', '@sparticuz']) expect(modules).not.toContain(left);
});

it('it runs as nobody, has a health check and nothing that its user could write', () => {
  expect(image.settings).toMatchObject({
    ...{ User: '10001:10001', Entrypoint: ['/app/bin/run'], StopSignal: 'SIGTERM' },
    Healthcheck: { Test: ['CMD', '/app/bin/healthy'] },
  });
  const bin = join(image.root, 'app/bin');
  expect(readdirSync(bin).sort()).toEqual(Object.keys(launchers()).sort());
  for (const entry of readdirSync(join(image.root, 'app'), { recursive: true, encoding: 'utf8' })) {
    const found = lstatSync(join(image.root, 'app', entry));
    const open = !found.isSymbolicLink() && (found.mode & 0o002) !== 0;
    expect([entry, found.uid, open]).toEqual([entry, 0, false]);
  }
});

it('the migrations end well in it', async () => {
  const { child, said } = start('migrations');
  const code = await new Promise((done) => child.on('close', done));
  expect([code, code === 0 ? '' : said()]).toEqual([0, '']);
}, 600_000);

it.each(services)(
  '%s starts in it and is healthy',
  async (name) => {
    const [health, port] = [await freePort(), await freePort()];
    const { PORT } = composed.services[name]!.environment;
    const { child, said } = start(name, {
      ...{ HEALTH_PORT: String(health), HEALTH_HOST: '127.0.0.1' },
      ...(PORT && { PORT: String(port), HOST: '127.0.0.1' }),
    });
    const ready = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(said());
      const answer = await fetch(`http://127.0.0.1:${health}/health/ready`).catch(() => undefined);
      return answer?.ok === true;
    };
    await until(`${name} is ready`, ready, 180_000);
    endGroup(child, 'SIGTERM');
    const gone = async (): Promise<boolean> =>
      (await fetch(`http://127.0.0.1:${health}/health/live`).catch(() => undefined)) === undefined;
    await until(`${name} has ended`, gone, 60_000);
  },
  300_000,
);

/** buildah and what it has started. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // gone already
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
