/**
 * Why a token was not taken, in a word that gives nothing of it away: the desk tells it in `WWW-Authenticate` (RFC 6750)
 * for the doctor to read.
 */
export const tokenFaults = ['unknown-key', 'other-key', 'no-keys', 'clock', 'other-request', 'unreadable'] as const;
export type TokenFault = (typeof tokenFaults)[number];

/** Good in itself, and sent with another request than it was made for. */
export class OtherRequestError extends Error {
  override name = 'OtherRequestError';
}

/** What jose says, and what we do. Which key and whose token it was is not in it. */
export function tokenFaultOf(error: unknown): TokenFault {
  if (error instanceof OtherRequestError) return 'other-request';
  const { code, claim } = (error ?? {}) as { code?: string; claim?: string };
  if (code === 'ERR_JWKS_NO_MATCHING_KEY') return 'unknown-key';
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'other-key';
  if (code === 'ERR_JWT_EXPIRED') return 'clock';
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED' && claim === 'iat') return 'clock';
  return 'unreadable';
}

export const challengeFor = (fault: TokenFault): string => `Bearer error="invalid_token", error_description="${fault}"`;

/** The fault in an answer's `WWW-Authenticate`; undefined: somebody else has answered, or no token was sent. */
export function faultIn(challenge: string | undefined): TokenFault | undefined {
  const [, said] = /^Bearer error="invalid_token", error_description="([a-z-]+)"$/.exec(challenge ?? '') ?? [];
  return tokenFaults.find((fault) => fault === said);
}
