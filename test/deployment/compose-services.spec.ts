import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Finding } from '#contracts';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { launchers } from '../../tools/image/launchers.mjs';
import { serviceNames } from '../../tools/services.mjs';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';
import { until } from '../harness/until.js';
import { configurationFor } from './compose-configuration.js';
import { basic, composeFolder, root, type Composed, type ComposeFolder } from './compose-folder.js';

const services = serviceNames();

/** As the containers would be started, from `dist/` as it was built. */
describe('docker-compose.yml: with exactly its commands and environment', () => {
  let folder: string;
  let composed: Composed;
  let made: ComposeFolder;
  let image: string;
  let moodle: SandboxMoodle;
  let onec: SandboxOneC;
  let database: TestDatabase;
  let deskPort: number;
  const running: ChildProcess[] = [];
  const tag = `_${process.pid}`;

  /** Container paths and the other containers' names, as they are on this machine. */
  function here(name: string, ports: Record<string, string>): Record<string, string> {
    const { environment = {}, secrets = [], volumes = [] } = composed.services[name]!;
    const places = [
      ...secrets.map(({ source, target }) => [
        resolve('/run/secrets', target ?? source),
        composed.secrets[source]!.file,
      ]),
      ...volumes.filter(({ type }) => type === 'bind').map(({ source, target }) => [target, source]),
    ];
    const api = new URL(process.env.ITK_TEST_RABBIT_API!);
    /** What the service has mounted is found where it really lies; what it has not, nowhere. */
    const found = (path: string): string => {
      const [target, source] = places.find(([at]) => path === at || path.startsWith(`${at}/`)) ?? ['', ''];
      return `${source}${path.slice(target!.length)}`;
    };
    const mapped = Object.entries(environment).map(([key, value]) => [
      key,
      found(value).replace('http://rabbitmq:15672', `http://${api.host}`),
    ]);
    const { source } = volumes.find(({ target }) => target === '/etc/itk/itk.yaml')!;
    const file = `${source}.${name}`;
    writeFileSync(file, configurationFor(moodle, onec, deskPort).replace(/(?<=")\/run\/itk\/[^"]+/g, found));
    return { ...(Object.fromEntries(mapped) as Record<string, string>), ITK_CONFIG: file, ...ports };
  }

  const start = (name: string, ports: Record<string, string>): { child: ChildProcess; said: () => string } => {
    const child = spawn(join(image, 'bin/run'), composed.services[name]!.command!, {
      env: { PATH: process.env.PATH, ITK_SERVICES: join(folder, 'config/secrets/services'), ...here(name, ports) },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream!.on('data', (text) => (said += String(text)));
    running.push(child);
    return { child, said: () => said };
  };

  beforeAll(async () => {
    made = await composeFolder();
    ({ folder, composed } = made);
    image = join(folder, 'image');
    moodle = await createSandboxMoodle({ courses: 4 });
    onec = await createSandboxOneC({
      ...{ students: 3, seed: 1, faulty: 0, courses: 3, zone: 'Europe/Moscow', systems: ['LMS'] },
      component: 'http://127.0.0.1:9',
    });
    database = await createTestDatabase();
    deskPort = await freePort();
    mkdirSync(join(image, 'bin'), { recursive: true });
    for (const [name, text] of Object.entries(launchers())) {
      writeFileSync(join(image, 'bin', name), text);
      chmodSync(join(image, 'bin', name), 0o755);
    }
    for (const linked of ['dist', 'node_modules', 'package.json']) symlinkSync(join(root, linked), join(image, linked));
    // The addresses of the compose network become those of the servers that run here; roles get names of their own.
    const [postgres, rabbit] = [new URL(database.url), new URL(process.env.ITK_TEST_AMQP_URL!)];
    const secrets = join(folder, 'config/secrets');
    for (const entry of readdirSync(secrets, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('-url'),
    )) {
      const path = join(secrets, entry);
      const given = new URL(readFileSync(path, 'utf8'));
      const admin = entry.startsWith('admin-');
      const actual = given.protocol === 'amqp:' ? rabbit : postgres;
      given.host = actual.host;
      if (given.protocol === 'postgres:') given.pathname = postgres.pathname;
      if (admin) [given.username, given.password] = [actual.username, actual.password];
      else given.username += tag;
      writeFileSync(path, given.href.replace(/\/$/, ''));
    }
  }, 180_000);
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const name of services) {
      const role = `itk_${name.replaceAll('-', '_')}${tag}`;
      await client.query(`drop owned by "${role}" cascade; drop role "${role}"`).catch(() => undefined);
      const api = new URL(process.env.ITK_TEST_RABBIT_API!);
      const headers = basic(api.username, api.password);
      [api.username, api.password] = ['', ''];
      await fetch(new URL(`api/users/${role}`, api), { method: 'DELETE', headers });
    }
    await client.end();
    await database.drop();
    await Promise.all([moodle.close(), onec.close()]);
    made.remove();
  }, 60_000);

  it('the migrations end well, twice', async () => {
    for (let time = 1; time <= 2; time++) {
      const { child, said } = start('migrations', {});
      const code = await new Promise((done) => child.on('close', done));
      expect([code, code === 0 ? '' : said()]).toEqual([0, '']);
    }
  }, 400_000);

  /** Its own ports, free ones of this machine; resolves when it is ready. */
  async function startReady(name: string): Promise<{ child: ChildProcess; health: number }> {
    const [health, port] = [await freePort(), await freePort()];
    const { PORT } = composed.services[name]!.environment!;
    const { child, said } = start(name, {
      HEALTH_PORT: String(health),
      HEALTH_HOST: '127.0.0.1',
      ...(PORT && { PORT: String(port), HOST: '127.0.0.1' }),
    });
    const ready = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(said());
      const answer = await fetch(`http://127.0.0.1:${health}/health/ready`).catch(() => undefined);
      return answer?.ok === true;
    };
    await until(`${name} is ready`, ready, 60_000);
    return { child, health };
  }

  it.each(services)(
    '%s becomes healthy, says so to its health check, and drains on SIGTERM',
    async (name) => {
      const { child, health } = await startReady(name);
      execFileSync(join(image, 'bin/run'), ['healthy'], {
        env: { PATH: process.env.PATH, HEALTH_PORT: String(health) },
      });
      child.kill('SIGTERM');
      expect(await new Promise((done) => child.on('close', done))).toBe(0);
    },
    180_000,
  );

  it('the console opens the binding desk with the key that the script has made', async () => {
    const { child } = await startReady('onec-component');
    const { stdout } = spawnSync(join(image, 'bin/run'), ['itk', 'doctor', '--json'], {
      env: { PATH: process.env.PATH, ...here('console', {}), ITK_LANG: 'en' },
      encoding: 'utf8',
    });
    const findings = (JSON.parse(stdout) as { findings: Finding[] }[]).flatMap((part) => part.findings);
    expect(findings.filter(({ check }) => check.startsWith('door'))).toMatchObject([{ check: 'door', severity: 'ok' }]);
    child.kill('SIGTERM');
  }, 180_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
