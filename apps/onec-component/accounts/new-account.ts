import { z } from 'zod';

const user = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^:]+$/, 'a user name holds no colon: HTTP Basic ends it there');

/** Whose account the command line removes. */
export const removedAccountSchema = z.strictObject({ user });

/** An account as the command line hands it over. */
export const newAccountSchema = z.strictObject({
  user,
  passwordHash: z.string().startsWith('scrypt$'),
  roles: z.array(z.enum(['ELSAdministrator', 'ELSCurriculumDeveloper'])).min(1),
});
