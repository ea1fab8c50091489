import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Certificate {
  key: string;
  cert: string;
}

/** Slow to load, and most who come by this door make no certificate. */
const selfsigned = async () => (await import('selfsigned')).default;

const day = 86_400_000;

interface Wanted {
  /** Days from now; 30 unless given. */
  until?: number;
  /** Signs it; itself unless given. */
  authority?: Certificate;
}

/** A certificate for a host's name, made for the test. */
export async function certificateFor(host: string, { until = 30, authority }: Wanted = {}): Promise<Certificate> {
  const { private: key, cert } = await (
    await selfsigned()
  ).generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 60 * day),
    notAfterDate: new Date(Date.now() + until * day),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
    ...(authority && { ca: authority }),
  });
  return { key, cert };
}

export async function authority(name: string): Promise<Certificate> {
  const { private: key, cert } = await (
    await selfsigned()
  ).generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 30 * day),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
    ],
  });
  return { key, cert };
}

export interface SecureServer {
  port: number;
  close(): Promise<void>;
}

export async function secureServer(certificate: Certificate, listener: RequestListener): Promise<SecureServer> {
  const server: Server = createServer(certificate, listener);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
