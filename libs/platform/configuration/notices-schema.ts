import { z } from 'zod';
import { duration, loopback, secretFile, url, zone } from './values.js';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 09:00');
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

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
  /** In which the hours below are meant, and times are written. */
  zone: zone.default('Europe/Moscow'),
  mail: mailSchema.optional(),
  webhook: z
    .strictObject({
      url,
      /** Sent as `Authorization: Bearer`. */
      tokenFile: secretFile.optional(),
    })
    .optional(),
  /** An outside watch that raises the alarm when this call stays away. */
  heartbeat: z
    .strictObject({ url, method: z.enum(['GET', 'POST']).default('GET'), every: duration.default('PT5M') })
    .optional(),
  /** What is found in these hours is told at their end. */
  quietHours: z.strictObject({ from: clock, until: clock }).optional(),
  /** Only these hours count for `freshness`. */
  businessHours: z
    .strictObject({
      days: z.array(z.enum(weekdays)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
      from: clock.default('09:00'),
      until: clock.default('18:00'),
    })
    .refine(({ from, until }) => from < until, { path: ['until'], error: 'must be later than from' })
    .prefault({}),
  /** For so many business hours nothing may come from 1C before somebody is told. */
  freshness: duration.default('PT18H'),
});
export type Notices = z.infer<typeof noticesSchema>;
