import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfiguration } from '#platform';
import { unpackedProgram } from '../../tools/servers/debian/unpacked-program.mjs';
import { serviceNames } from '../../tools/services.mjs';
import { until } from '../harness/until.js';

interface Service {
  command?: string[];
  secrets?: { source: string; target: string }[];
  ports?: unknown[];
}

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'itk-demo-'));
const running: ChildProcess[] = [];
let composed: { services: Record<string, Service>; secrets: Record<string, { file: string }> };
let without: string[];

beforeAll(async () => {
  mkdirSync(join(folder, 'config'));
  for (const file of ['docker-compose.yml', 'config/make-secrets.sh']) cpSync(join(root, file), join(folder, file));
  cpSync(join(root, 'config/itk.demo.yaml'), join(folder, 'config/itk.yaml'));
  execFileSync(join(folder, 'config/make-secrets.sh'), { stdio: 'ignore' });
  const compose = await unpackedProgram('docker-compose');
  const read = (...profile: string[]): typeof composed =>
    JSON.parse(
      execFileSync(compose, [...profile, 'config', '--format', 'json'], { cwd: folder, encoding: 'utf8' }),
    ) as typeof composed;
  composed = read('--profile', 'demo');
  without = Object.keys(read().services);
}, 180_000);
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('the profile demo adds the sandboxes, and nothing without it starts them', () => {
  const added = Object.keys(composed.services).filter((name) => !without.includes(name));
  expect(added.sort()).toEqual(['demo-moodle', 'demo-onec']);
  for (const name of serviceNames()) expect(without).toContain(name);
});

it('the demo’s configuration is taken, and asks whom the compose file starts, at their ports', () => {
  const { systems, onecComponent } = loadConfiguration(join(folder, 'config/itk.yaml'), {
    ...{ DATABASE_URL: 'postgres://u@db/itk', AMQP_URL: 'amqp://mq' },
  });
  const portOf = (name: string): string | undefined => {
    const { command = [] } = composed.services[name]!;
    return command[command.indexOf('--port') + 1];
  };
  const moodle = new URL(systems[0]!.moodle!.url);
  const onec = new URL(onecComponent!.mirror.url!);
  for (const { hostname, port } of [moodle, onec]) expect([hostname, port]).toEqual([hostname, portOf(hostname)]);
  expect(new URL(systems[0]!.synchronizer!.url).hostname).toBe('onec-component');
});

it('each sandbox answers with exactly its command, Moodle to the token of the secret alone', async () => {
  const [moodle, onec] = await Promise.all(['demo-moodle', 'demo-onec'].map(begin));
  const token = readFileSync(join(folder, 'config/secrets/systems/demo-moodle-token'), 'utf8');
  const siteInfo = async (with_: string): Promise<unknown> =>
    (
      await fetch(
        `${moodle}/webservice/rest/server.php?wsfunction=core_webservice_get_site_info&moodlewsrestformat=json&wstoken=${with_}`,
      )
    ).json();
  expect(await siteInfo(token)).toHaveProperty('userid');
  expect(await siteInfo('sandbox')).toHaveProperty('errorcode', 'invalidtoken');
  expect((await fetch(`${onec}/snapshot`)).status).toBe(200);
}, 180_000);

/** As its container would start it, at a free port of this machine. */
async function begin(name: string): Promise<string> {
  const { command = [], secrets = [] } = composed.services[name]!;
  const port = String(await freePort());
  const here: Record<string, string> = { '0.0.0.0': '127.0.0.1', [command[command.indexOf('--port') + 1]!]: port };
  for (const { source, target } of secrets) here[`/run/secrets/${target}`] = composed.secrets[source]!.file;
  const [program, ...args] = command.map((word) => here[word] ?? word);
  expect(program!.startsWith('dist/sandbox/')).toBe(true);
  const child = spawn(process.execPath, [program!, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  running.push(child);
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const url = `http://127.0.0.1:${port}`;
  const up = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(said);
    return (await fetch(url).catch(() => undefined)) !== undefined;
  };
  await until(`${name} answers`, up, 120_000);
  return url;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
