import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** OWASP's advice for scrypt: 128 MB and some 0.3 s a derivation. */
const cost = { N: 131_072, r: 8, p: 1 };
const length = 32;
/** Nobody's hash costs more than this: a table of accounts is no way to take all memory. */
const dearest = 1_048_576;

/** In a thread of Node's pool, never on the event loop. Whoever calls limits how many go at a time. */
function derive(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * p + 16 * 1024 * 1024 };
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}

/** `scrypt$N$r$p$salt$key`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Fits no password, and takes as long to find that out as any of today's. */
export const nobodysHash = (): string =>
  ['scrypt', cost.N, cost.r, cost.p, randomBytes(16).toString('base64'), randomBytes(length).toString('base64')].join(
    '$',
  );

function costOf(hash: string): { cost: typeof cost; salt: Buffer; key: Buffer } | undefined {
  const [method, N, r, p, salt, key] = hash.split('$');
  if (method !== 'scrypt' || !salt || !key) return undefined;
  const given = { N: Number(N), r: Number(r), p: Number(p) };
  const fits = Object.values(given).every((part) => Number.isInteger(part) && part > 0);
  if (!fits || given.N * given.r * given.p > dearest * cost.r) return undefined;
  return { cost: given, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}

/** Of any cost: hashes made under older advice fit as well. */
export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const given = costOf(hash);
  if (given === undefined) return false;
  const derived = await derive(password, given.salt, given.cost);
  return derived.length === given.key.length && timingSafeEqual(derived, given.key);
}

/** Was it made at another cost than today's? Then it is made anew when the password is next at hand. */
export const isOutdated = (hash: string): boolean => {
  const given = costOf(hash)?.cost;
  return given === undefined || given.N !== cost.N || given.r !== cost.r || given.p !== cost.p;
};
