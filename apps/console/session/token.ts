import { createHash, randomBytes } from 'node:crypto';

/** A secret that is handed out once; the database holds its SHA-256 only. */
export const makeToken = (): string => randomBytes(32).toString('base64url');

export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
