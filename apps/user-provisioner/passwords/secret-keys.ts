import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { log, textOfFile } from '#platform';

/** The key file is missing or holds what is no key. The text says what to put there. */
export class SecretKeyError extends Error {
  override name = 'SecretKeyError';
}

export interface SecretKey {
  /** Stands in what it has sealed; tells nothing of the key. */
  id: string;
  key: Buffer;
}

export const secretKey = (key: Buffer): SecretKey => ({
  id: createHash('sha256').update(key).digest('hex').slice(0, 8),
  key,
});

const how = 'make one with `openssl rand -base64 32` and name its file in ITK_SECRET_KEY_FILE';
const inBase64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** Reads keys of 32 bytes: one raw, or in base64 one a line. The first seals, each of them opens. */
export function readSecretKeys(file: string | undefined): SecretKey[] {
  if (!file) throw new SecretKeyError(`ITK_SECRET_KEY_FILE is not set, so initial passwords cannot be kept: ${how}`);
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new SecretKeyError(`the secret key cannot be read from ${file}: ${how}`, { cause: error });
  }
  if (content.length === 32) return [secretKey(content)];
  const read = textOfFile(content);
  const lines = 'text' in read ? read.text.split(/\r?\n/).map((line) => line.trim()) : [];
  const keys = lines
    .filter((line) => line !== '')
    .map((line) => (inBase64.test(line) ? Buffer.from(line, 'base64') : Buffer.of()));
  if (keys.length === 0 || keys.some(({ length }) => length !== 32))
    throw new SecretKeyError(`${file} holds no key of 32 bytes, raw or in base64, or a line that is none: ${how}`);
  return keys.map(secretKey);
}

/** The keys of a file that may change while the service runs. */
export class SecretKeys {
  private keys: SecretKey[];
  private stamp: string;

  /** @throws SecretKeyError */
  constructor(private readonly file: string | undefined) {
    this.keys = readSecretKeys(file);
    this.stamp = stampOf(file!);
  }

  /** Those of the file as it is now; a file that is spoilt or half written changes nothing, and is said once. */
  current = (): readonly SecretKey[] => {
    const stamp = stampOf(this.file!);
    if (stamp === this.stamp) return this.keys;
    this.stamp = stamp;
    const logger = log('SecretKeys');
    try {
      this.keys = readSecretKeys(this.file);
      logger.info('keys of passwords were read anew', { keys: this.keys.map(({ id }) => id) });
    } catch (error) {
      logger.error('the file of the keys of passwords is no longer good; those read before are used', { error });
    }
    return this.keys;
  };
}

function stampOf(file: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}
