import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { authority, certificateFor, secureServer } from '../testing/certificates.js';
import { tlsTrouble } from './tls-trouble.js';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-authority'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-authority'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-authority'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-host'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
  ['CERT_REVOKED', 'certificate-invalid'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate-wanted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-protocol'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-protocol'],
  ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', undefined],
  ['ECONNRESET', undefined],
])('%s is %s', (code, cause) => {
  const wrapped = new Error('outer', { cause: coded(code) });
  for (const error of [coded(code), wrapped]) expect(tlsTrouble(error, 'db.example')?.cause).toBe(cause);
});

test('where writing failed the reason stands in the text', () => {
  const text = 'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:record.c:350:';
  expect(tlsTrouble(Object.assign(new Error(text), { code: 'EPROTO' }), 'x')?.cause).toBe('tls-protocol');
  expect(tlsTrouble(coded('EPROTO'), 'x')).toBeUndefined();
});

test('anything else is no error of TLS', () => {
  for (const error of [undefined, null, 'CERT_HAS_EXPIRED', {}, { code: 7 }, new Error('CERT_HAS_EXPIRED')])
    expect(tlsTrouble(error, 'x')).toBeUndefined();
});

test('the cure cures: an authority of one’s own by NODE_EXTRA_CA_CERTS; what is wrong beside it is seen then', async () => {
  const ca = await authority('University root');
  const serve = async (host: string, until = 30) =>
    secureServer(await certificateFor(host, { authority: ca, until }), (_, answer) => answer.end('in'));
  const servers = [await serve('localhost'), await serve('moodle.example'), await serve('localhost', -1)];
  const folder = mkdtempSync(join(tmpdir(), 'itk-ca-'));
  try {
    writeFileSync(join(folder, 'ca.pem'), ca.cert);
    const script = `const { request } = await import('undici');
      const ask = (port) => request('https://localhost:' + port).then(({ body }) => body.text(), ({ code }) => code);
      for (const port of [${servers.map(({ port }) => port).join()}]) console.log(await ask(port));`;
    const ask = (environment: Record<string, string>) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
        cwd: resolve(import.meta.dirname, '../../..'),
        env: { PATH: process.env.PATH, ...environment },
      });
    const told = async (environment: Record<string, string>) => (await ask(environment)).stdout.trim().split('\n');
    const cured = await told({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') });
    expect(cured).toEqual(['in', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED']);
    expect((await told({}))[0]).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  } finally {
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true });
  }
});
