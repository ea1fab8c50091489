/** Why a sign-in by the university came to nothing, as the console says it in the address. */
export const signInTroubles = [
  'away',
  'refused',
  'expired',
  'failed',
  'no-role',
  'no-login',
  'login-taken',
  'disabled',
  'too-many',
] as const;
