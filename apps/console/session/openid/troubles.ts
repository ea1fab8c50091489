/** Why a sign-in by the identity provider came to nothing; the page says it in words. */
export const signInTroubles = [
  /** The provider does not answer, or not in time. */
  'away',
  /** The provider, or the person there, said no. */
  'refused',
  /** Not begun in this browser, begun too long ago, or used already. */
  'expired',
  /** What the provider answered is not to be believed. */
  'failed',
  /** None of the provider's values has a role here. */
  'no-role',
  /** The provider names no login, or one that cannot be one. */
  'no-login',
  /** Somebody else has this login here. */
  'login-taken',
  'disabled',
  'too-many',
] as const;
export type SignInTrouble = (typeof signInTroubles)[number];

export class SignInError extends Error {
  override name = 'SignInError';
  /** `why`: a machine name for the log; never what a claim holds. */
  constructor(
    readonly trouble: SignInTrouble,
    readonly why?: string,
  ) {
    super(trouble);
  }
}
