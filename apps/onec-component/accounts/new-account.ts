import { z } from 'zod';

/** An account as the command line hands it over. */
export const newAccountSchema = z.strictObject({
  user: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^:]+$/, 'a user name holds no colon: HTTP Basic ends it there'),
  passwordHash: z.string().startsWith('scrypt$'),
  roles: z.array(z.enum(['ELSAdministrator', 'ELSCurriculumDeveloper'])).min(1),
});
