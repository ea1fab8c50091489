import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import { both } from '#contracts';
import { log } from '../logging/log.js';
import { SettingError } from '../setting-error.js';

/** Files (PEM) of what a service answers by TLS with; the first holds the intermediate certificates too. */
export interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** Milliseconds between two looks at the files. */
const lookEvery = 30_000;

/** @throws SettingError where a file cannot be read, is no certificate or key, or they do not belong together */
export function readCertificate({ certFile, keyFile }: CertificateFiles): { cert: Buffer; key: Buffer } {
  const [cert, key] = [read(certFile), read(keyFile)];
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) throw new Error('of another key');
  } catch (error) {
    throw new SettingError(
      {
        cause: 'own-certificate',
        reason: both(
          `${certFile} и ${keyFile} — не сертификат и закрытый ключ к нему (PEM, без пароля)`,
          `${certFile} and ${keyFile} are no certificate and its private key (PEM, without a password)`,
        ),
        cure: both('Положите туда сертификат и его ключ', 'Put the certificate and its key there'),
      },
      { cause: error },
    );
  }
  return { cert, key };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new SettingError(
      {
        cause: 'own-certificate',
        reason: both(
          `Файл ${file} не читается (${(error as NodeJS.ErrnoException).code})`,
          `The file ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
        ),
        cure: both(
          'Положите туда сертификат или ключ (PEM) и дайте службе право на чтение',
          'Put the certificate or the key (PEM) there and let the service read it',
        ),
      },
      { cause: error },
    );
  }
}

/** Takes a renewed certificate without a restart. One that is no good, or half of a pair, is said and looked at again. */
export function renewCertificate(server: Server, files: CertificateFiles, every = lookEvery): void {
  const logger = log('Certificate');
  let taken = stampOf(files);
  let refused = '';
  const timer = setInterval(() => {
    const stamp = stampOf(files);
    if (stamp === taken) return;
    try {
      server.setSecureContext(readCertificate(files));
      taken = stamp;
      logger.info('the certificate was renewed', { file: files.certFile });
    } catch (error) {
      if (stamp !== refused) logger.error('the new certificate is no good: the one before is shown', { error });
      refused = stamp;
    }
  }, every);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}

const stampOf = ({ certFile, keyFile }: CertificateFiles): string =>
  [certFile, keyFile]
    .map((file) => {
      const { ino, size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
      return `${ino} ${size} ${mtimeMs}`;
    })
    .join();
