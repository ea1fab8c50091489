import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '../../tools/services.mjs';
import { basic, composeFolder, makeSecrets, root, type ComposeFolder } from './compose-folder.js';

const services = serviceNames();

describe('docker-compose.yml', () => {
  let made: ComposeFolder;
  beforeAll(async () => void (made = await composeFolder()), 180_000);
  afterAll(() => made.remove());

  it('runs every service, and nothing that is not there', () => {
    const own = Object.entries(made.composed.services).filter(([, { command }]) =>
      services.includes(command?.[0] ?? ''),
    );
    expect(own.map(([name]) => name).sort()).toEqual([...services].sort());
    expect(own.every(([name, { command }]) => command?.[0] === name)).toBe(true);
  });

  it('starts them after the migrations, as nobody, on a file system that cannot be written', () => {
    for (const name of services)
      expect(made.composed.services[name]).toMatchObject({
        depends_on: { migrations: { condition: 'service_completed_successfully' } },
        read_only: true,
        user: expect.stringMatching(/^[1-9]\d*:|^0:0$/) as string,
      });
  });

  it('takes no image by a name that changes, and offers nothing to other machines', () => {
    for (const { image, ports } of Object.values(made.composed.services)) {
      expect(image).not.toMatch(/:latest$|^[^:]+$/);
      for (const { host_ip } of ports ?? []) expect(host_ip).toBe('127.0.0.1');
    }
  });

  it('holds no password: each comes from a file of config/secrets', () => {
    expect(readFileSync(join(root, 'docker-compose.yml'), 'utf8')).not.toMatch(/PASSWORD: |:\/\/[^\s]+:[^\s]+@/);
    for (const { file } of Object.values(made.composed.secrets)) expect(readFileSync(file, 'utf8')).not.toBe('');
  });

  it('gives each key to whom it belongs alone: that of the desk, its public half, that of passwords', () => {
    const given = (folder: string): string[] =>
      Object.entries(made.composed.services)
        .filter(([, { volumes }]) => volumes?.some(({ source }) => source.endsWith(`config/secrets/${folder}`)))
        .map(([name]) => name);
    expect(['desk-key', 'desk-public-keys', 'sealing'].map(given)).toEqual([
      ['console'],
      ['onec-component'],
      ['user-provisioner'],
    ]);
    const above = Object.values(made.composed.services).flatMap(({ volumes }) => volumes ?? []);
    expect(above.filter(({ source }) => /config(\/secrets)?\/?$/.test(source))).toEqual([]);
    const secrets = join(made.folder, 'config/secrets');
    expect(readFileSync(join(secrets, 'desk-public-keys/public-keys.json'), 'utf8')).not.toContain('"d"');
    const wider = (path: string): boolean => (statSync(join(secrets, path)).mode & 0o077) !== 0;
    expect(['desk-key', 'desk-key/key.json', 'sealing', 'sealing/secret-key'].filter(wider)).toEqual([]);
  });

  it('a second run of the script changes no secret', () => {
    const all = (): string[] =>
      readdirSync(join(made.folder, 'config/secrets'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const before = all();
    makeSecrets(made.folder);
    expect(all()).toEqual(before);
  });

  it('the broker takes the administrator whom the script defines', async () => {
    const api = new URL(process.env.ITK_TEST_RABBIT_API!);
    const admin = basic(api.username, api.password);
    [api.username, api.password] = ['', ''];
    const name = `itk_compose_${process.pid}`;
    const text = readFileSync(made.composed.secrets['rabbitmq-definitions']!.file, 'utf8').replaceAll(
      'itk_admin',
      name,
    );
    const headers = { 'content-type': 'application/json' };
    const imported = await fetch(new URL('api/definitions', api), {
      method: 'POST',
      headers: { ...headers, ...admin },
      body: text,
    });
    expect(imported.status).toBe(204);
    const password = readFileSync(join(made.folder, 'config/secrets/rabbitmq-password'), 'utf8');
    const who = await fetch(new URL('api/whoami', api), { headers: basic(name, password) });
    expect(await who.json()).toMatchObject({ name, tags: ['administrator'] });
    await fetch(new URL(`api/users/${name}`, api), { method: 'DELETE', headers: admin });
  });
});
