import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { launchers } from '../../tools/image/launchers.mjs';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';
import { serviceNames } from '../../tools/services.mjs';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC, type SandboxOneC } from '../../sandbox/onec/server.js';
import { until } from '../harness/until.js';

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
interface Composed {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
}

const root = resolve(import.meta.dirname, '../..');
const services = serviceNames();

/** The file as `docker compose` reads it, in a folder of its own with secrets that the script has just made. */
describe('docker-compose.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk-compose-'));
  let composed: Composed;
  let moodle: SandboxMoodle;
  let onec: SandboxOneC;

  beforeAll(async () => {
    moodle = await createSandboxMoodle({ courses: 4 });
    onec = await createSandboxOneC({
      students: 3,
      seed: 1,
      faulty: 0,
      courses: 3,
      zone: 'Europe/Moscow',
      systems: ['LMS'],
      component: 'http://127.0.0.1:9',
    });
    mkdirSync(join(folder, 'config'));
    cpSync(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
    cpSync(join(root, 'config/make-secrets.sh'), join(folder, 'config/make-secrets.sh'));
    writeFileSync(join(folder, 'config/itk.yaml'), configurationFor(moodle, onec));
    execFileSync(join(folder, 'config/make-secrets.sh'), { stdio: 'ignore' });
    const compose = await unpackedProgram('docker-compose');
    const json = execFileSync(compose, ['--profile', 'monitoring', 'config', '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    composed = JSON.parse(json) as Composed;
  }, 180_000);
  afterAll(async () => {
    await Promise.all([moodle.close(), onec.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs every service, and nothing that is not there', () => {
    const own = Object.entries(composed.services).filter(([, { command }]) => services.includes(command?.[0] ?? ''));
    expect(own.map(([name]) => name).sort()).toEqual([...services].sort());
    expect(own.every(([name, { command }]) => command?.[0] === name)).toBe(true);
  });

  it('starts them after the migrations, as nobody, on a file system that cannot be written', () => {
    for (const name of services)
      expect(composed.services[name]).toMatchObject({
        depends_on: { migrations: { condition: 'service_completed_successfully' } },
        read_only: true,
        user: expect.stringMatching(/^[1-9]\d*:|^0:0$/) as string,
      });
  });

  it('takes no image by a name that changes, and offers nothing to other machines', () => {
    for (const { image, ports } of Object.values(composed.services)) {
      expect(image).not.toMatch(/:latest$|^[^:]+$/);
      for (const { host_ip } of ports ?? []) expect(host_ip).toBe('127.0.0.1');
    }
  });

  it('holds no password: each comes from a file of config/secrets, the key of passwords to user-provisioner alone', () => {
    expect(readFileSync(join(root, 'docker-compose.yml'), 'utf8')).not.toMatch(/PASSWORD: |:\/\/[^\s]+:[^\s]+@/);
    for (const { file } of Object.values(composed.secrets)) expect(readFileSync(file, 'utf8')).not.toBe('');
    const withKey = Object.entries(composed.services).filter(([, { secrets }]) =>
      secrets?.some(({ source }) => source === 'secret-key'),
    );
    expect(withKey.map(([name]) => name)).toEqual(['user-provisioner']);
  });

  it('a second run of the script changes no secret', () => {
    const all = (): string[] =>
      readdirSync(join(folder, 'config/secrets'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const before = all();
    execFileSync(join(folder, 'config/make-secrets.sh'), { stdio: 'ignore' });
    expect(all()).toEqual(before);
  });

  it('the broker takes the administrator whom the script defines', async () => {
    const api = new URL(process.env.ITK_TEST_RABBIT_API!);
    const admin = basic(api.username, api.password);
    [api.username, api.password] = ['', ''];
    const name = `itk_compose_${process.pid}`;
    const text = readFileSync(composed.secrets['rabbitmq-definitions']!.file, 'utf8').replaceAll('itk_admin', name);
    const headers = { 'content-type': 'application/json' };
    const imported = await fetch(new URL('api/definitions', api), {
      method: 'POST',
      headers: { ...headers, ...admin },
      body: text,
    });
    expect(imported.status).toBe(204);
    const password = readFileSync(join(folder, 'config/secrets/rabbitmq-password'), 'utf8');
    const who = await fetch(new URL('api/whoami', api), { headers: basic(name, password) });
    expect(await who.json()).toMatchObject({ name, tags: ['administrator'] });
    await fetch(new URL(`api/users/${name}`, api), { method: 'DELETE', headers: admin });
  });

  describe('with exactly its commands and environment', () => {
    let database: TestDatabase;
    const running: ChildProcess[] = [];
    const image = join(folder, 'image');
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
      const mapped = Object.entries({ ITK_CONFIG: '/etc/itk/itk.yaml', ...environment }).map(([key, value]) => [
        key,
        (places.find(([target]) => target === value)?.[1] ?? value).replace(
          'http://rabbitmq:15672',
          `http://${api.host}`,
        ),
      ]);
      return { ...(Object.fromEntries(mapped) as Record<string, string>), ...ports };
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
      database = await createTestDatabase();
      mkdirSync(join(image, 'bin'), { recursive: true });
      for (const [name, text] of Object.entries(launchers())) {
        writeFileSync(join(image, 'bin', name), text);
        chmodSync(join(image, 'bin', name), 0o755);
      }
      for (const linked of ['dist', 'node_modules', 'package.json'])
        symlinkSync(join(root, linked), join(image, linked));
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
    }, 60_000);
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
    }, 60_000);

    it('the migrations end well, twice', async () => {
      for (let time = 1; time <= 2; time++) {
        const { child, said } = start('migrations', {});
        const code = await new Promise((done) => child.on('close', done));
        expect([code, code === 0 ? '' : said()]).toEqual([0, '']);
      }
    }, 400_000);

    it.each(services)(
      '%s becomes healthy, says so to its health check, and drains on SIGTERM',
      async (name) => {
        const [health, port] = [await freePort(), await freePort()];
        const { PORT } = composed.services[name]!.environment!;
        const ports = {
          HEALTH_PORT: String(health),
          HEALTH_HOST: '127.0.0.1',
          ...(PORT && { PORT: String(port), HOST: '127.0.0.1' }),
        };
        const { child, said } = start(name, ports);
        const ready = async (): Promise<boolean> => {
          if (child.exitCode !== null) throw new Error(said());
          const answer = await fetch(`http://127.0.0.1:${health}/health/ready`).catch(() => undefined);
          return answer?.ok === true;
        };
        await until(`${name} is ready`, ready, 60_000);
        execFileSync(join(image, 'bin/run'), ['healthy'], {
          env: { PATH: process.env.PATH, HEALTH_PORT: String(health) },
        });
        child.kill('SIGTERM');
        expect(await new Promise((done) => child.on('close', done))).toBe(0);
      },
      90_000,
    );
  });
});

const configurationFor = (moodle: SandboxMoodle, onec: SandboxOneC): string =>
  JSON.stringify({
    systems: [
      {
        id: `compose-${process.pid}`,
        els: 'LMS',
        synchronizer: {
          url: 'http://127.0.0.1:9/ws/ITK_Synchronizer.1cws',
          user: 'toolkit',
          passwordFile: 'secrets/systems/1c',
          zone: 'Europe/Moscow',
        },
        moodle: { url: moodle.url, tokenFile: 'secrets/systems/moodle' },
      },
    ],
    onecComponent: { mirror: { url: `${onec.url}/snapshot` }, zone: 'Europe/Moscow', accounts: [] },
  });

const basic = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
