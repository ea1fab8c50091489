import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { verifyDoorToken } from '#http-api';
import { HttpSetup } from '../testing/http-setup.js';
import { isDeskTarget } from './target.js';

const setup = new HttpSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-door-'));
let desk: Server;
let keys: string;
let seen: { request: IncomingMessage; body: string }[] = [];

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const keyFile = join(folder, 'key.json');
  writeFileSync(keyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'one' }));
  keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] });
  desk = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ request, body });
      if (request.url === '/api/desk/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('id: 1\ndata: first\n\n');
        return;
      }
      if (request.url?.includes('/refused/')) return void response.writeHead(409).end();
      if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304, { etag: '"1"' }).end();
      response.writeHead(request.method === 'POST' ? 201 : 200, {
        ...{ 'content-type': 'application/json', etag: '"1"', 'set-cookie': 'itk=stolen', server: 'inside' },
        ...{ location: 'http://elsewhere/', 'access-control-allow-origin': '*' },
      });
      response.end(body || '{"a":1}');
    });
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  await setup.open({ desk: { url, keyFile } });
}, 60_000);
afterAll(async () => {
  desk.closeAllConnections();
  desk.close();
  await setup.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void (seen = []));

test('whoever is signed in passes by name and grants, and nothing of their session does', async () => {
  const browser = await setup.as('operator', ['lms']);
  const answer = await browser.get('/api/desk/a?b=%D1%91', { 'if-match': '"7"', 'x-other': 'x', 'last-event-id': '5' });
  expect(answer).toMatchObject({ status: 200, body: { a: 1 } });
  const [{ request }] = seen as [(typeof seen)[0]];
  const { authorization, cookie, ...headers } = request.headers;
  expect(cookie).toBeUndefined();
  expect(headers).toMatchObject({ 'if-match': '"7"', 'last-event-id': '5' });
  expect(headers).not.toHaveProperty('x-other');
  const token = authorization!.slice('Bearer '.length);
  expect(
    await verifyDoorToken(keys, 'onec-component', token, { method: 'GET', target: '/api/desk/a?b=%D1%91' }),
  ).toEqual({
    login: browser.login,
    name: 'operator А. Б.',
    grants: [{ role: 'operator', systems: ['lms'] }],
  });
  expect(answer.headers.get('etag')).toBe('"1"');
  for (const name of ['set-cookie', 'server', 'location', 'access-control-allow-origin'])
    expect([name, answer.headers.get(name)]).toEqual([name, null]);
  expect((await browser.get('/api/desk/a', { 'if-none-match': '"1"' })).status).toBe(304);
});

test('a body passes as it is, and none that is too large', async () => {
  const browser = await setup.as('ELSAdministrator');
  const body = '{ "name":  "ё" }';
  expect(await browser.post('/api/desk/a', body)).toMatchObject({ status: 201, text: body });
  expect((await browser.post('/api/desk/a', { a: 'x'.repeat(4_300_000) })).status).toBe(413);
});

test('who did what at the desk stands in the audit, and how it ended; drafts that are saved do not', async () => {
  const browser = await setup.as('ELSAdministrator');
  await browser.post('/api/desk/documents/7/posting', { version: 1 });
  await browser.ask('/api/desk/documents/7', { method: 'PUT', body: {} });
  await browser.post('/api/desk/documents/8/cancelling');
  await browser.post('/api/desk/documents/refused/posting', {});
  const rows: unknown[] = await setup.dataSource.query(
    `select action, about, outcome from console.audit where "by" = $1 and starts_with(action, 'desk.') order by id`,
    [browser.login],
  );
  expect(rows).toEqual([
    { action: 'desk.documents.posting', about: '7', outcome: 'done' },
    { action: 'desk.documents.cancelling', about: '8', outcome: 'done' },
    { action: 'desk.documents.posting', about: 'refused', outcome: 'failed' },
  ]);
});

test('nobody passes who is not signed in, nor from another site', async () => {
  expect((await setup.browser().get('/api/desk/a')).status).toBe(401);
  const browser = await setup.as('operator');
  expect((await browser.post('/api/desk/a', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect(seen).toEqual([]);
});

test('events come as they are sent, and the desk hears that the browser has gone', async () => {
  const browser = await setup.as('operator');
  const gone = new AbortController();
  const response = await fetch(`${setup.url}/api/desk/events`, {
    headers: { cookie: browser.cookie, 'accept-encoding': 'gzip' },
    signal: gone.signal,
  });
  const { value } = await response.body!.getReader().read();
  expect(Buffer.from(value!).toString()).toBe('id: 1\ndata: first\n\n');
  const closed = new Promise((resolve) => seen[0]!.request.socket.once('close', resolve));
  gone.abort();
  await closed;
});

test.each(['/api/desk/../users', '/api/desk/%2e%2e/users', '/api/desk/a%2fb', '/api/desk/a%5cb', '/api/desk//evil/'])(
  '%s is not passed on',
  async (target) => {
    expect(isDeskTarget(target)).toBe(false);
    const browser = await setup.as('operator');
    const { hostname, port } = new URL(setup.url);
    const status = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET ${target} HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${browser.cookie}\r\nConnection: close\r\n\r\n`,
        ),
      );
      socket.once('data', (data) => resolve(data.toString().slice(9, 12)));
    });
    expect(status).toBe('404');
    expect(seen).toEqual([]);
  },
);

test('where a path leads', () => {
  for (const target of ['/api/desk/a', '/api/desk/a/b-c_1~.x?y=%2F..', '/api/desk/%D1%91'])
    expect([target, isDeskTarget(target)]).toEqual([target, true]);
  for (const target of [
    '/api/desk/',
    '/api/desk',
    '/api/desk/a/.',
    '/api/desk/a\\b',
    '/api/desk/a%00',
    '/api/desk/%25',
  ])
    expect([target, isDeskTarget(target)]).toEqual([target, false]);
});

test('a desk that is away is told as a problem, in both languages', async () => {
  const browser = await setup.as('operator');
  desk.closeAllConnections();
  await new Promise((resolve) => desk.close(resolve));
  expect(await browser.get('/api/desk/a', { 'accept-language': 'en' })).toMatchObject({
    status: 503,
    body: { type: 'urn:itk:problem:away', detail: expect.stringContaining('onec-component') },
  });
});
