import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { HttpSetup } from '../testing/http-setup.js';

const pages = mkdtempSync(join(tmpdir(), 'itk-pages-'));
const script = `console.log('${'я'.repeat(1_000)}')`;
mkdirSync(join(pages, 'assets'));
writeFileSync(
  join(pages, 'index.html'),
  '<html><meta property="csp-nonce" nonce="__NONCE__"><link nonce="__NONCE__"></html>',
);
writeFileSync(join(pages, 'first.js'), 'first()');
writeFileSync(join(pages, 'assets/a-1.js'), script);
writeFileSync(join(pages, 'assets/a-1.js.br'), brotliCompressSync(script));
writeFileSync(join(pages, 'assets/a-1.js.gz'), gzipSync(script));

const plain = new HttpSetup();
const secure = new HttpSetup();
beforeAll(async () => {
  await plain.open({ pages });
  await secure.open({
    pages,
    http: { host: '0.0.0.0', publicUrl: 'https://itk.example.edu', trustedProxies: ['127.0.0.1'] },
  });
}, 60_000);
afterAll(async () => {
  await plain.close();
  await secure.close();
  rmSync(pages, { recursive: true });
});

const policyOf = (headers: Headers) => headers.get('content-security-policy')!;

test('every address that is no file and no API is the page, with a nonce of its own', async () => {
  const answers = await Promise.all(
    ['/', '/failures?group=1', '/a/b/c'].map((path) => plain.browser().get(path, { accept: 'text/html' })),
  );
  const nonces = answers.map(({ text, headers }) => {
    const [, nonce] = /csp-nonce" nonce="([\w-]{22})"><link nonce="\1"/.exec(text)!;
    expect(policyOf(headers)).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(headers.get('cache-control')).toBe('no-store');
    return nonce;
  });
  expect(new Set(nonces).size).toBe(3);
  expect((await plain.browser().get('/api/none', { accept: 'text/html' })).status).toBe(404);
  expect((await plain.browser().get('/none.js', { accept: '*/*' })).headers.get('content-type')).toMatch(
    /html|problem/,
  );
});

test('nothing inline, nothing from elsewhere, in no frame', async () => {
  const { headers } = await plain.browser().get('/', { accept: 'text/html' });
  const policy = policyOf(headers);
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|https?:/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('assets stay for a year, in what the browser takes best', async () => {
  const get = (encoding: string) =>
    new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) =>
      request(`${plain.url}/assets/a-1.js`, { headers: { 'accept-encoding': encoding } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
      })
        .on('error', reject)
        .end(),
    );
  const best = await get('gzip, br');
  expect(best.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringMatching(/javascript/),
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(String(best.headers.vary)).toMatch(/accept-encoding/i);
  expect(brotliDecompressSync(best.body).toString()).toBe(script);
  expect((await get('gzip')).headers['content-encoding']).toBe('gzip');
  expect((await get('identity')).body.toString()).toBe(script);
  expect((await plain.browser().get('/first.js')).headers.get('cache-control')).toBe('no-cache');
});

test.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '/assets/%00.js'])(
  '%s leads nowhere',
  async (path) => {
    const answer = await plain.browser().get(path);
    expect(answer.text).not.toContain('integration-toolkit');
  },
);

test('answers of the API are kept by nobody', async () => {
  expect((await plain.browser().get('/api/session')).headers.get('cache-control')).toBe('no-store');
});

test('another site, a form and broken JSON are refused in both languages', async () => {
  const browser = plain.browser();
  const other = await browser.post('/api/session', {}, { 'sec-fetch-site': 'cross-site', 'accept-language': 'en' });
  expect(other).toMatchObject({
    status: 403,
    body: { type: 'urn:itk:problem:foreign-origin', title: expect.stringContaining('console') },
  });
  const form = await browser.ask('/api/session', {
    method: 'POST',
    body: 'a=b',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(form.status).toBe(403);
  const broken = await browser.ask('/api/session', { method: 'POST', body: '{', headers: { 'accept-language': 'ru' } });
  expect(broken).toMatchObject({ status: 400, body: { title: 'Запрос не понят' } });
  const large = await browser.post('/api/session', { login: 'x'.repeat(2_000_000) });
  expect(large).toMatchObject({ status: 413, body: { type: 'urn:itk:problem:http-413' } });
  const none = await browser.get('/api/none');
  expect(none.headers.get('content-language')).toBe('ru');
  expect(none.headers.get('vary')).toMatch(/Accept-Language/i);
});

test('the page must be opened on this machine where no public address is configured', async () => {
  const status = await new Promise((resolve) =>
    request(`${plain.url}/api/session`, { headers: { host: 'evil.example' } }, ({ statusCode }) =>
      resolve(statusCode),
    ).end(),
  );
  expect(status).toBe(403);
});

test('over TLS: a cookie that no other site can set, HSTS, and the address that a trusted proxy tells', async () => {
  const browser = secure.browser();
  await secure.as('viewer');
  const asked = await browser.post('/api/session', { login: 'x', password: 'y' }, { 'x-forwarded-for': '203.0.113.7' });
  expect(asked.headers.get('strict-transport-security')).toContain('max-age=');
  const [{ key }] = await secure.dataSource.query(`select key from console.sign_in_tries where key like 'address%'`);
  expect(key).toBe('address:203.0.113.7');
  const signedOut = await browser.ask('/api/session', { method: 'DELETE' });
  expect(signedOut.headers.get('set-cookie')).toMatch(/^__Host-itk=;.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/);
});

test('a fault of ours is told without its text', async () => {
  const viewer = await plain.as('viewer');
  await plain.dataSource.query('alter table console.replays rename to gone');
  const answer = await viewer.get('/api/replays');
  await plain.dataSource.query('alter table console.gone rename to replays');
  expect(answer).toMatchObject({
    status: 500,
    body: { type: 'urn:itk:problem:fault', instance: expect.stringMatching(/^urn:uuid:/) },
  });
  expect(answer.text).not.toContain('relation');
});
