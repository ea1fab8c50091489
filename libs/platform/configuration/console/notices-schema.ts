import { z } from 'zod';
import { clock, duration, loopback, secretFile, url } from '../values.js';

const mailSchema = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(587),
    /** `starttls` is demanded, not only used where it is offered. */
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: z.string().min(1).optional(),
    passwordFile: secretFile.optional(),
    from: z.email(),
    to: z.array(z.email()).min(1),
  })
  .refine(({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined), {
    path: ['passwordFile'],
    error: 'user and passwordFile belong together',
  })
  .refine(({ security, user, host }) => security !== 'none' || user === undefined || loopback.test(host), {
    path: ['security'],
    error: 'a password is not sent in the clear: starttls or tls',
  });

/** Who is told, and when, of what waits for a person. */
export const noticesSchema = z.strictObject({
  language: z.enum(['ru', 'en']).default('ru'),
  mail: mailSchema.optional(),
  webhook: z
    .strictObject({
      url,
      /** Sent as `Authorization: Bearer`. */
      tokenFile: secretFile.optional(),
      /** Signs what is sent. */
      secretFile: secretFile.optional(),
    })
    .optional(),
  /** An outside watch that raises the alarm when this call stays away. */
  heartbeat: z
    .strictObject({ url, method: z.enum(['GET', 'POST']).default('GET'), every: duration.default('PT5M') })
    .optional(),
  /** By the university's clock; what is found in them is told at their end. */
  quietHours: z
    .strictObject({ from: clock, until: clock })
    .refine(({ from, until }) => from !== until, { path: ['until'], error: 'must be another time than from' })
    .optional(),
});
export type Notices = z.infer<typeof noticesSchema>;
