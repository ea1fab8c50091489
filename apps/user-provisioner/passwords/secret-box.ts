import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretKey } from './secret-keys.js';

/** What was kept cannot be opened: another key, another owner, or damaged. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';
}

/**
 * AES-256-GCM. What is sealed for one owner opens for that owner only.
 * Form: `v1.<iv>.<tag>.<text>.<key's id>`, base64url. What was sealed before keys had ids lacks the last part.
 */
export class SecretBox {
  /** @param keys the first seals, each of them opens */
  constructor(private readonly keys: () => readonly SecretKey[]) {}

  /** Of the key that seals. */
  get keyId(): string {
    return this.keys()[0]!.id;
  }

  seal(text: string, owner: string): string {
    const { id, key } = this.keys()[0]!;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return ['v1', ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url')), id].join('.');
  }

  /** @throws SealBrokenError */
  open(sealed: string, owner: string): string {
    const [version, iv, tag, text, id] = sealed.split('.');
    if (version !== 'v1' || !iv || !tag || text === undefined)
      throw new SealBrokenError('what was kept is not in a form that this version knows');
    const keys = this.keys().filter((key) => id === undefined || key.id === id);
    if (keys.length === 0)
      throw new SealBrokenError(`what was kept was sealed with the key ${id}, which ITK_SECRET_KEY_FILE does not hold`);
    let cause: unknown;
    for (const { key } of keys)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
          .setAAD(Buffer.from(owner))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString('utf8');
      } catch (error) {
        cause = error;
      }
    throw new SealBrokenError('what was kept does not open: it was sealed with another key or for another owner', {
      cause,
    });
  }
}
