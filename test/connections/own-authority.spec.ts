import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:tls';
import type { Finding } from '#contracts';
import { authority, certificateFor, secureServer, type Certificate } from '#platform/testing';
import { MailServer } from '../../apps/console/notices/testing/servers.js';
import { account, runComponent, type RunningComponent } from '../../apps/onec-component/testing/running-component.js';
import { createSandboxMoodle } from '../../sandbox/moodle/server.js';
import { createSandboxOneC } from '../../sandbox/onec/server.js';
import { startPostgres, type DisposablePostgres } from '../../tools/servers/disposable.mjs';
import { isRoot, nobody } from '../../tools/servers/machine/places.mjs';
import { itk } from '../harness/itk.js';

/** Everything that is called stands behind TLS whose certificates the university's own authority has signed. */
describe('an authority of one’s own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk-authority-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const closing: (() => unknown)[] = [];
  let root: Certificate;
  let postgres: DisposablePostgres;
  let component: RunningComponent;
  let mail: MailServer;
  let addresses: Record<'DATABASE_URL' | 'AMQP_URL', string>;
  let configuration: string;

  /** As a reverse proxy before a site: `https://localhost:PORT/path/x` is asked of it as `/x`. */
  async function before(site: string, path = ''): Promise<string> {
    const certificate = await certificateFor('localhost', { authority: root });
    const server = await secureServer(certificate, (asked, answer) => {
      if (!asked.url?.startsWith(`${path}/`)) return void answer.writeHead(404).end('<html>nginx</html>');
      const { method, headers } = asked;
      const onward = request(new URL(asked.url.slice(path.length), site), { method, headers }, (got) =>
        got.pipe(answer.writeHead(got.statusCode ?? 502, got.headers)),
      );
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    });
    closing.push(() => server.close());
    return `https://localhost:${server.port}${path}`;
  }

  /** TLS before what speaks something else, and wants a certificate of its clients. */
  async function wrapping(target: URL, clients: Certificate): Promise<number> {
    const own = await certificateFor('localhost', { authority: root });
    const server = createServer({ ...own, ca: clients.cert, requestCert: true }, (socket) => {
      const onward = connect(Number(target.port), target.hostname);
      for (const end of [socket, onward]) end.on('error', () => void (socket.destroy(), onward.destroy()));
      socket.pipe(onward).pipe(socket);
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing.push(() => server.close());
    return (server.address() as AddressInfo).port;
  }

  /** PostgreSQL itself with TLS. */
  async function securePostgres(): Promise<string> {
    const { cert, key } = await certificateFor('localhost', { authority: root });
    const files = [file('postgres.pem', cert), file('postgres-key.pem', key)];
    if (isRoot) for (const one of [folder, ...files]) chownSync(one, nobody.uid, nobody.gid);
    postgres = await startPostgres({
      durable: false,
      settings: ['ssl=on', `ssl_cert_file=${files[0]}`, `ssl_key_file=${files[1]}`],
    });
    const url = new URL(postgres.url);
    url.hostname = 'localhost';
    url.search = 'sslmode=verify-full';
    return url.href;
  }

  beforeAll(async () => {
    root = await authority('University root');
    const clients = await authority('Clients of the broker');
    const client = await certificateFor('itk', { authority: clients });
    const amqp = new URL(process.env.ITK_TEST_AMQP_URL!);
    const port = await wrapping(amqp, clients);
    const pem = `certfile=${file('client.pem', client.cert)}&keyfile=${file('client-key.pem', client.key)}`;
    addresses = {
      DATABASE_URL: await securePostgres(),
      AMQP_URL: `amqps://${amqp.username}:${amqp.password}@localhost:${port}?${pem}`,
    };

    const moodle = await createSandboxMoodle();
    const onec = await createSandboxOneC({ students: 20, seed: 8, systems: ['LMS'], faulty: 0 });
    component = await runComponent(`${onec.url}/snapshot`);
    onec.component = component.url;
    const { cert, key } = await certificateFor('localhost', { authority: root });
    mail = await new MailServer().open({ cert, key, disabledCommands: [] });
    closing.push(
      () => moodle.close(),
      () => onec.close(),
      () => component.close(),
      () => mail.close(),
    );

    moodle.switches.wwwroot = await before(moodle.url, '/moodle');
    const passwordFile = file('1c', account.password);
    const oneC = await before(onec.url);
    configuration = file(
      'itk.yaml',
      JSON.stringify({
        systems: [
          {
            ...{ id: `tls-${process.pid}`, els: 'LMS' },
            synchronizer: {
              url: `${oneC}${new URL(onec.webService).pathname}`,
              ...{ user: account.user, passwordFile, zone: 'Europe/Moscow' },
            },
            moodle: { url: moodle.switches.wwwroot, tokenFile: file('token', moodle.token) },
          },
        ],
        onecComponent: {
          zone: 'Europe/Moscow',
          mirror: {
            odata: {
              url: `${oneC}${new URL(onec.odata.stock.url).pathname}`,
              ...{ user: 'odata', passwordFile, mappingFile: resolve('config/mappings/1c-university-prof.yaml') },
            },
          },
        },
        console: {
          notices: { mail: { host: 'localhost', port: mail.port, from: 'itk@example.edu', to: ['ops@example.edu'] } },
        },
      }),
    );
  }, 300_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const asked = <T>(more: Record<string, string>, ...given: string[]) =>
    itk<T>({ ITK_CONFIG: configuration, ...addresses, ITK_LANG: 'en', NODE_EXTRA_CA_CERTS: '', ...more }, ...given);
  const trusted = (): Record<string, string> => ({ NODE_EXTRA_CA_CERTS: file('ca.pem', root.cert) });
  const findings = async (more: Record<string, string>): Promise<Map<string, string[]>> => {
    const { json, err } = await asked<{ part: string; findings: Finding[] }[]>(more, 'doctor', '--mapping');
    expect(err).toBe('');
    return new Map(
      json.map((one) => [
        one.part.replace(/^tls-\d+: /, ''),
        one.findings
          .filter(({ severity, check }) => severity === 'error' && !check.startsWith('queue '))
          .map(({ check, what }) => `${check}: ${what.en}`),
      ]),
    );
  };

  it('is trusted by every connection once its certificate is named: database, broker, Moodle under a path, SOAP, OData', async () => {
    expect(Object.fromEntries(await findings(trusted()))).toEqual({ itk: [], Moodle: [], '1C': [], '1C OData': [] });
  }, 300_000);

  it('and by mail', async () => {
    const { code, err } = await asked(trusted(), 'notices', 'test');
    expect([code, err]).toEqual([0, '']);
    expect(mail.mails).toHaveLength(1);
  }, 300_000);

  it('is not trusted before that, and each place says so with what to do', async () => {
    const plain = new URL(addresses.DATABASE_URL);
    plain.search = '';
    for (const [part, [first, ...others]] of await findings({ DATABASE_URL: plain.href })) {
      expect(`${part}: ${first}`).toMatch(/unknown authority/);
      expect(others).toEqual([]);
    }
    const database = await asked({}, 'doctor');
    expect(database.err).toMatch(/unknown authority[^]*NODE_EXTRA_CA_CERTS/);
    const mailed = await asked({ DATABASE_URL: plain.href }, 'notices', 'test');
    expect(JSON.stringify(mailed)).toMatch(/unknown authority/);
  }, 300_000);

  it('may be named to the database alone, by its address', async () => {
    const url = new URL(addresses.DATABASE_URL);
    url.searchParams.set('sslrootcert', file('ca.pem', root.cert));
    const { json } = await asked<{ findings: Finding[] }[]>({ DATABASE_URL: url.href }, 'doctor');
    expect(json[0]!.findings.find(({ check }) => check === 'database')).toMatchObject({ severity: 'ok' });
    url.searchParams.set('sslrootcert', join(folder, 'nowhere.pem'));
    expect((await asked({ DATABASE_URL: url.href }, 'doctor')).err).toMatch(/nowhere\.pem.*cannot be read/);
  }, 300_000);
});
