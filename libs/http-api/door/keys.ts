import { exportJWK, generateKeyPair } from 'jose';
import { DoorKeyError, readPrivateKey, readPublicKeys } from './token.js';

/** A new private key as the console's file holds it (JWK, Ed25519). @param kid up to 100 characters, no other key's */
export async function makeDoorKey(kid: string): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const text = `${JSON.stringify({ ...(await exportJWK(privateKey)), kid })}\n`;
  readPrivateKey(text);
  return text;
}

/**
 * The public halves of these keys as onec-component's file holds them (JWK Set): any of them may have signed.
 * @param secrets texts of the files with private keys @throws DoorKeyError also where two have the same name
 */
export function publicDoorKeys(secrets: readonly string[]): string {
  const keys = secrets.map(readPrivateKey).map(({ kty, crv, kid, x }) => ({ kty, crv, kid, x }));
  const twice = keys.find(({ kid }, index) => keys.findIndex((other) => other.kid === kid) < index);
  if (twice) throw new DoorKeyError(`two keys are called ${twice.kid}: a new key needs a new kid`);
  const text = `${JSON.stringify({ keys }, null, 2)}\n`;
  readPublicKeys(text);
  return text;
}
