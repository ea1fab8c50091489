import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { systemIdSchema } from '#contracts';
import { OtherRequestError } from './refused.js';
import { roles } from './roles.js';

const issuer = 'itk-console';
const algorithm = 'EdDSA';
const type = 'itk-door+jwt';

/** Seconds: a token lives so long, and clocks may differ by so much. */
const life = 60;
export const doorSkew = 30;

/** Who may be called through a door. */
export type Audience = 'onec-component';

/** Somebody who is signed in, as a service behind the door knows them. */
export const bearerSchema = z.object({
  login: z.string().min(1).max(200),
  /** Surname and initials. */
  name: z.string().max(500),
  grants: z.array(z.object({ role: z.enum(roles), systems: z.array(systemIdSchema).optional() })).max(100),
});
export type Bearer = z.infer<typeof bearerSchema>;

/** The one request that a token is for. */
export interface Errand {
  method: string;
  /** Path and query, to the letter. */
  target: string;
}

const base64url = z.string().regex(/^[\w-]{43}$/);
const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1).max(100),
  x: base64url,
});
const privateKeySchema = publicKey.extend({ d: base64url });
/** A private key never stands in the file of the public ones: it would be refused by `strictObject`. */
const publicKeysSchema = z.object({
  keys: z
    .array(z.strictObject({ ...publicKey.shape, use: z.literal('sig').optional(), alg: z.string().optional() }))
    .min(1),
});

/** A file of keys is none; its content is not told. */
export class DoorKeyError extends Error {
  override name = 'DoorKeyError';
}

function read<T extends z.ZodType>(schema: T, text: string, what: string): z.infer<T> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new DoorKeyError(`${what}: this is no JSON`);
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new DoorKeyError(
    `${what}: wrong at ${parsed.error.issues.map(({ path }) => path.join('.') || '(top)').join(', ')}`,
  );
}

export const readPrivateKey = (text: string) => read(privateKeySchema, text, 'the private key (JWK, Ed25519)');
export const readPublicKeys = (text: string) => read(publicKeysSchema, text, 'the public keys (JWK Set, Ed25519)');

/** @param key text of the file with the private key @throws DoorKeyError */
export const doorKeyId = (key: string): string => readPrivateKey(key).kid;

/** A token of one minute for one request. @param key text of the file with the private key */
export async function signDoorToken(key: string, audience: Audience, bearer: Bearer, errand: Errand): Promise<string> {
  const jwk = readPrivateKey(key);
  const { login, ...who } = bearer;
  return new SignJWT({ ...who, ...errand })
    .setProtectedHeader({ alg: algorithm, kid: jwk.kid, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(login)
    .setIssuedAt()
    .setExpirationTime(`${life} s`)
    .sign(await importJWK(jwk, algorithm));
}

/**
 * Who sent the request; throws where the token is not good for it. Any of several keys may have signed: so keys are
 * changed without a pause.
 * @param keys text of the file with the public keys
 */
export async function verifyDoorToken(
  keys: string,
  audience: Audience,
  token: string,
  errand: Errand,
): Promise<Bearer> {
  const { payload } = await jwtVerify(token, createLocalJWKSet(readPublicKeys(keys)), {
    ...{ issuer, audience, algorithms: [algorithm], typ: type },
    ...{ clockTolerance: doorSkew, maxTokenAge: life },
    requiredClaims: ['sub', 'iat', 'exp'],
  });
  if (payload.method !== errand.method || payload.target !== errand.target)
    throw new OtherRequestError('the token is for another request');
  if (payload.exp! - payload.iat! > life) throw new Error('the token lives too long');
  return bearerSchema.parse({ ...payload, login: payload.sub });
}
