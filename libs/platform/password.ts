import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's figures for interactive sign-in. */
const cost = { N: 16_384, r: 8, p: 1 };
const length = 32;

const derive = (password: string, salt: Buffer, parameters: typeof cost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, length, parameters, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** `scrypt$N$r$p$salt$key`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const [method, N, r, p, salt, key] = hash.split('$');
  if (method !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return derived.length === expected.length && timingSafeEqual(derived, expected);
}
