import {
  authority,
  certificateFor,
  littleProxy,
  secureServer,
  type Certificate,
  type LittleProxy,
} from '#platform/testing';
import { MoodleClient } from '../client.js';
import { examineMoodle } from '../doctor/examine.js';
import { openSetup, type Setup } from '../testing/setup.js';

let setup: Setup;
const closing: { close(): Promise<void> }[] = [];
beforeAll(async () => void (setup = await openSetup()));
afterAll(() => setup.sandbox.close());
afterEach(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) delete process.env[name];
  for (const server of closing.splice(0)) await server.close();
});

const options = (url: string) => ({ system: 'lms', url, token: () => 'sandbox', maxInputVars: 1000, concurrency: 2 });
const client = (url: string) => new MoodleClient(options(url));
const failureOf = (url: string) =>
  client(url)
    .siteInfo()
    .then(
      () => undefined,
      (error: { failure: { kind: string; cause: string; reason: { ru: string; en: string }; cure: { en: string } } }) =>
        error.failure,
    );

/** The sandbox, over TLS: what is asked of it is not looked setup. */
async function secureMoodle(certificate: Certificate): Promise<number> {
  const server = await secureServer(certificate, (asked, answer) => {
    asked.resume();
    answer.end('{"userid":2,"username":"ws_sync","siteurl":"https://moodle.example","functions":[]}');
  });
  closing.push(server);
  return server.port;
}

async function proxyTo(names: Record<string, number>, credentials?: string): Promise<LittleProxy> {
  const proxy = await littleProxy(names, credentials);
  closing.push(proxy);
  return proxy;
}

describe('through a proxy', () => {
  const sandboxPort = () => Number(new URL(setup.sandbox.url).port);

  test('http is asked of it plainly, and the doctor says so', async () => {
    const proxy = await proxyTo({ 'moodle.example': sandboxPort() }, 'user:p@ss');
    process.env.http_proxy = proxy.url.replace('p@ss', 'p%40ss');
    await expect(client('http://moodle.example').siteInfo()).resolves.toMatchObject({ username: 'ws_sync' });
    expect(proxy.seen[0]).toMatch(/^POST http:\/\/moodle\.example\/webservice\/rest\/server\.php/);
    const findings = await examineMoodle(options('http://moodle.example'), {
      ...{ roles: { student: 5 }, auth: 'manual', grouping: 'none', adopt: 'none' },
    });
    expect(findings.at(-1)?.what.en).toBe(`moodle.example: through the proxy ${proxy.host}`);
    expect(JSON.stringify(findings)).not.toContain('p@ss');
  });

  test('https goes through a tunnel', async () => {
    const port = await secureMoodle(await certificateFor('moodle.example'));
    const proxy = await proxyTo({ 'moodle.example': port });
    process.env.https_proxy = proxy.url;
    const failure = await failureOf('https://moodle.example');
    expect(proxy.seen[0]).toBe('CONNECT moodle.example:443');
    // the certificate is read through the tunnel as well
    expect(failure?.cause).toBe('certificate-self-signed');
    expect(failure?.reason.en).toContain('names: DNS:moodle.example, issued by moodle.example');
  });

  test('NO_PROXY is called directly', async () => {
    const proxy = await proxyTo({});
    Object.assign(process.env, { http_proxy: proxy.url, no_proxy: 'moodle.invalid' });
    expect(await failureOf('http://moodle.invalid')).toMatchObject({ kind: 'outage', cause: 'moodle-unreachable' });
    expect(proxy.seen).toEqual([]);
  });

  test.each(['http', 'https'])(
    'credentials that it misses and a wrong address of it are settings (%s)',
    async (scheme) => {
      const proxy = await proxyTo({ 'moodle.example': 1 }, 'user:secret');
      const variable = `${scheme}_proxy`;
      process.env[variable] = `http://${proxy.host}`;
      const failure = await failureOf(`${scheme}://moodle.example`);
      expect(failure).toMatchObject({ kind: 'configuration', cause: 'proxy-credentials' });
      expect(failure?.reason.en).toContain(proxy.host);
      process.env[variable] = 'http://a:b:c:d';
      expect(await failureOf(`${scheme}://moodle.example`)).toMatchObject({ cause: 'proxy-address' });
    },
  );

  test('an address that it forbids', async () => {
    const proxy = await proxyTo({});
    process.env.https_proxy = proxy.url;
    expect(await failureOf('https://moodle.example')).toMatchObject({ kind: 'configuration', cause: 'proxy-refuses' });
  });

  test('a proxy that is away is an outage', async () => {
    process.env.https_proxy = 'http://127.0.0.1:9';
    expect(await failureOf('https://moodle.example')).toMatchObject({ kind: 'outage', cause: 'moodle-unreachable' });
  });
});

test.each<[string, () => Promise<Certificate>, string]>([
  ['self-signed', () => certificateFor('localhost'), 'certificate-self-signed'],
  [
    'unknown authority',
    async () => certificateFor('localhost', { authority: await authority('University root') }),
    'certificate-authority',
  ],
])('a certificate that is %s is a setting with its cure', async (_, made, cause) => {
  const failure = await failureOf(`https://localhost:${await secureMoodle(await made())}`);
  expect(failure).toMatchObject({ kind: 'configuration', cause });
  expect(failure?.cure.en).toContain('NODE_EXTRA_CA_CERTS');
  expect(failure?.reason.ru).toMatch(/сертификат localhost, имена: DNS:localhost.*действует с \d{4}-/);
});

test('https where http is spoken is a setting', async () => {
  const failure = await failureOf(setup.sandbox.url.replace('http:', 'https:'));
  expect(failure).toMatchObject({ kind: 'configuration', cause: 'tls-protocol' });
});
