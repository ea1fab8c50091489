import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from 'jose';
import { challengeFor, faultIn, tokenFaultOf } from './refused.js';
import { readPrivateKey, readPublicKeys, signDoorToken, verifyDoorToken, type Bearer } from './token.js';

const errand = { method: 'GET', target: '/api/desk/a?b=c' };
const bearer: Bearer = { login: 'petrova', name: 'Петрова А. Б.', grants: [{ role: 'operator', systems: ['lms'] }] };
let secret: string;
let open: string;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  secret = JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'one' });
  open = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] });
});

const verify = (token: string, to = errand) => verifyDoorToken(open, 'onec-component', token, to);
/** A token of our key, with something else in it. */
const forged = async (changed: JWTPayload = {}, header: { kid?: string; typ?: string } = {}) => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...{ iss: 'itk-console', aud: 'onec-component', sub: 'petrova', name: 'П', grants: [], iat: now, exp: now + 60 },
    ...errand,
    ...changed,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'itk-door+jwt', ...header })
    .sign(await importJWK(JSON.parse(secret), 'EdDSA'));
};
const now = () => Math.floor(Date.now() / 1000);

test('it says who is there, for this one request', async () => {
  const token = await signDoorToken(secret, 'onec-component', bearer, errand);
  expect(await verify(token)).toEqual(bearer);
  await expect(verify(token, { ...errand, method: 'POST' })).rejects.toThrow(/another request/);
  await expect(verify(token, { ...errand, target: '/api/desk/a' })).rejects.toThrow(/another request/);
  expect(await verify(await forged())).toMatchObject({ grants: [] });
});

test('clocks may differ by half a minute', async () => {
  expect(await verify(await forged({ iat: now() - 85, exp: now() - 25 }))).toBeDefined();
  expect(await verify(await forged({ iat: now() + 25, exp: now() + 85 }))).toBeDefined();
  await expect(verify(await forged({ iat: now() - 95, exp: now() - 35 }))).rejects.toThrow();
  await expect(verify(await forged({ iat: now() + 35, exp: now() + 95 }))).rejects.toThrow();
});

test('nothing else is taken', async () => {
  for (const changed of [
    { iss: 'somebody' },
    { aud: 'user-provisioner' },
    { sub: undefined },
    { exp: undefined },
    { iat: undefined },
    { exp: now() + 600 },
    { grants: [{ role: 'root' }] },
  ] as unknown as JWTPayload[])
    await expect(verify(await forged(changed))).rejects.toThrow();
  await expect(verify(await forged({}, { kid: 'two' }))).rejects.toThrow();
  await expect(verify(await forged({}, { typ: 'JWT' }))).rejects.toThrow();
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await forged()).split('.')[1]}.`;
  await expect(verify(none)).rejects.toThrow();
});

test('why a token is not taken is told in a word', async () => {
  const why = async (token: string, to = errand) =>
    verify(token, to).then(
      () => 'taken',
      (error: unknown) => faultIn(challengeFor(tokenFaultOf(error))),
    );
  const signed = await signDoorToken(secret, 'onec-component', bearer, errand);
  expect(await why(signed)).toBe('taken');
  expect(await why(signed, { ...errand, target: '/api/desk/z' })).toBe('other-request');
  expect(await why(await forged({ iat: now() - 95, exp: now() - 35 }))).toBe('clock');
  expect(await why(await forged({ iat: now() + 35, exp: now() + 95 }))).toBe('clock');
  expect(await why(await forged({}, { kid: 'two' }))).toBe('unknown-key');
  const [head, body, signature] = signed.split('.') as [string, string, string];
  const spoilt = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  expect(await why([head, body, spoilt].join('.'))).toBe('other-key');
  expect(await why(await forged({ grants: [{ role: 'of-next-year' }] }))).toBe('unreadable');
  for (const other of [
    undefined,
    'Bearer',
    'Basic realm="1C"',
    'Bearer error="invalid_token", error_description="new"',
  ])
    expect(faultIn(other)).toBeUndefined();
});

test('keys that will not do are named without what is in them', () => {
  expect(() => readPrivateKey(open)).toThrow(/private key.*wrong at/);
  expect(() => readPublicKeys('{')).toThrow(/no JSON/);
  const { d } = JSON.parse(secret) as { d: string };
  let told = '';
  try {
    readPublicKeys(JSON.stringify({ keys: [JSON.parse(secret)] }));
  } catch (error) {
    told = (error as Error).message;
  }
  expect(told).toMatch(/public keys/);
  expect(told).not.toContain(d);
});
