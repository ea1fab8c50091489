import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { authority, certificateFor, type Certificate } from '../testing/certificates.js';
import { readCertificate, renewCertificate } from './server-certificate.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-certificate-'));
const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
const put = ({ cert, key }: Certificate): void => {
  for (const [path, text] of [
    [files.certFile, cert],
    [files.keyFile, key],
  ] as const) {
    writeFileSync(`${path}.next`, text);
    renameSync(`${path}.next`, path);
  }
};
let ca: Certificate;
beforeAll(async () => void (ca = await authority('University root')));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whom it is for, as whoever trusts the authority is shown. */
const shown = (server: Server): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ host: '127.0.0.1', servername: 'localhost', port, ca: ca.cert, agent: false }, (answer) => {
      resolve((answer.socket as TLSSocket).getPeerX509Certificate()!.fingerprint256);
      answer.resume();
    }).on('error', reject);
  });

test('a renewed certificate is taken without a restart; half of a pair, or nonsense, is not', async () => {
  const [first, second] = [
    await certificateFor('localhost', { authority: ca }),
    await certificateFor('localhost', { authority: ca }),
  ];
  put(first);
  const server = createServer(readCertificate(files), (_, answer) => answer.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  renewCertificate(server, files, 20);
  const before = await shown(server);
  const looked = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
  writeFileSync(files.certFile, second.cert);
  await looked();
  expect(await shown(server)).toBe(before);
  rmSync(files.certFile);
  await looked();
  expect(await shown(server)).toBe(before);
  put(second);
  for (const end = Date.now() + 30_000; (await shown(server)) === before && Date.now() < end;) await looked();
  expect(await shown(server)).not.toBe(before);
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}, 60_000);

test('files that are missing, no PEM, or of two pairs are named, and not what they hold', async () => {
  const [one, other] = [await certificateFor('localhost'), await certificateFor('localhost')];
  put({ cert: one.cert, key: other.key });
  expect(() => readCertificate(files)).toThrow(/are no certificate and its private key/);
  put({ cert: one.cert, key: 'geheim' });
  expect(() => readCertificate(files)).toThrow(/key\.pem/);
  expect(() => readCertificate(files)).not.toThrow(/geheim/);
  rmSync(files.keyFile);
  expect(() => readCertificate(files)).toThrow(/key\.pem cannot be read \(ENOENT\)/);
});
