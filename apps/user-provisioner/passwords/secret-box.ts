import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { textOfFile } from '#platform';

/** The key file is missing or is no key. The text says what to put there. */
export class SecretKeyError extends Error {
  override name = 'SecretKeyError';
}

/** What was kept cannot be opened: another key, another owner, or damaged. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';
}

const how = 'make one with `openssl rand -base64 32` and name its file in ITK_SECRET_KEY_FILE';

/** Reads a key of 32 bytes: raw, or in base64. */
export function readSecretKey(file: string | undefined): Buffer {
  if (!file) throw new SecretKeyError(`ITK_SECRET_KEY_FILE is not set, so initial passwords cannot be kept: ${how}`);
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new SecretKeyError(`the secret key cannot be read from ${file}: ${how}`, { cause: error });
  }
  if (content.length === 32) return content;
  const read = textOfFile(content);
  const text = 'text' in read ? read.text.trim() : '';
  const decoded = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (decoded?.length !== 32) throw new SecretKeyError(`${file} holds no key of 32 bytes, raw or in base64: ${how}`);
  return decoded;
}

/**
 * AES-256-GCM. What is sealed for one owner opens for that owner only.
 * Form: `v1.<iv>.<tag>.<text>`, base64url.
 */
export class SecretBox {
  constructor(private readonly key: Buffer) {}

  seal(text: string, owner: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
  }

  /** @throws SealBrokenError */
  open(sealed: string, owner: string): string {
    const [version, iv, tag, text] = sealed.split('.');
    if (version !== 'v1' || !iv || !tag || text === undefined)
      throw new SealBrokenError('what was kept is not in a form that this version knows');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(iv, 'base64url'))
        .setAAD(Buffer.from(owner))
        .setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new SealBrokenError('what was kept does not open: it was sealed with another key or for another owner', {
        cause: error,
      });
    }
  }
}
