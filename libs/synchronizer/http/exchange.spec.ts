import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Failure } from '#contracts';
import { certificateFor, littleProxy, secureServer } from '#platform/testing';
import { exchange, type Exchange } from './exchange.js';

const closing: { close(): unknown }[] = [];
afterEach(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) delete process.env[name];
  for (const server of closing.splice(0)) await server.close();
});
const keep = <T extends { close(): unknown }>(server: T): T => {
  closing.push(server);
  return server;
};

const get: Exchange = { method: 'GET', headers: { authorization: 'Basic 1c' }, connectMs: 2000, totalMs: 5000 };
const failureOf = (url: string, more: Partial<Exchange> = {}): Promise<Failure | undefined> =>
  exchange(url, { ...get, ...more }).then(
    () => undefined,
    (error: { failure: Failure }) => error.failure,
  );

/** Tells what it was asked, and by whom. */
async function plainServer(): Promise<number> {
  const server = createServer((asked, answer) => {
    const { host, authorization, 'proxy-authorization': leaked } = asked.headers;
    answer.end(JSON.stringify({ path: asked.url, host, authorization, leaked }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keep(server);
  return (server.address() as AddressInfo).port;
}

test('http through a proxy: asked of it plainly, with its credentials, which nobody behind it sees', async () => {
  const proxy = keep(await littleProxy({ '1c.example': await plainServer() }, 'имя:se cret'));
  process.env.http_proxy = `http://${encodeURIComponent('имя')}:se%20cret@${proxy.host}`;
  const { status, body } = await exchange('http://1c.example/univer/ws/x.1cws?wsdl', get);
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ path: '/univer/ws/x.1cws?wsdl', host: '1c.example', authorization: 'Basic 1c' });
  expect(proxy.seen).toEqual(['GET http://1c.example/univer/ws/x.1cws?wsdl']);
});

test('https through a proxy: a tunnel, and the certificate is looked at through it', async () => {
  const server = keep(await secureServer(await certificateFor('1c.example'), (_, answer) => answer.end('in')));
  const proxy = keep(await littleProxy({ '1c.example': server.port }));
  process.env.https_proxy = proxy.url;
  const failure = await failureOf('https://1c.example/ws/x');
  expect(failure).toMatchObject({ kind: 'configuration', cause: 'certificate-self-signed' });
  expect(failure?.reason.en).toContain('certificate 1c.example, names: DNS:1c.example, issued by 1c.example');
  expect(failure?.cure?.ru).toContain('NODE_EXTRA_CA_CERTS');
  expect(proxy.seen).toEqual(['CONNECT 1c.example:443', 'CONNECT 1c.example:443']);
});

test('NO_PROXY is called directly', async () => {
  const proxy = keep(await littleProxy({}));
  Object.assign(process.env, { http_proxy: proxy.url, no_proxy: '1c.invalid' });
  expect(await failureOf('http://1c.invalid/ws/x')).toMatchObject({ kind: 'outage', cause: 'onec-unreachable' });
  expect(proxy.seen).toEqual([]);
});

test.each(['http', 'https'])(
  'what a proxy refuses is a setting; a proxy that is away is an outage (%s)',
  async (scheme) => {
    const proxy = keep(await littleProxy({}, 'user:secret'));
    const url = `${scheme}://1c.example/ws/x`;
    process.env[`${scheme}_proxy`] = `http://${proxy.host}`;
    expect(await failureOf(url)).toMatchObject({ kind: 'configuration', cause: 'proxy-credentials' });
    process.env[`${scheme}_proxy`] = 'http://127.0.0.1:9';
    expect(await failureOf(url)).toMatchObject({ kind: 'outage', cause: 'onec-unreachable' });
    process.env[`${scheme}_proxy`] = 'socks5://127.0.0.1:9';
    expect(await failureOf(url)).toMatchObject({ kind: 'configuration', cause: 'proxy-address' });
  },
);

test('a proxy that lets a connection stand and says nothing is one that takes too long', async () => {
  const silent = createServer().on('connect', () => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  keep({ close: () => (silent.closeAllConnections(), silent.close()) });
  process.env.https_proxy = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  expect(await failureOf('https://1c.example/ws/x', { connectMs: 100 })).toMatchObject({ cause: 'onec-timeout' });
});

test('a certificate that cannot be trusted is a setting, directly too', async () => {
  const server = keep(await secureServer(await certificateFor('localhost'), (_, answer) => answer.end('in')));
  expect(await failureOf(`https://localhost:${server.port}/ws/x`)).toMatchObject({
    kind: 'configuration',
    cause: 'certificate-self-signed',
  });
  const plain = await plainServer();
  expect(await failureOf(`https://127.0.0.1:${plain}/ws/x`)).toMatchObject({ cause: 'tls-protocol' });
});
