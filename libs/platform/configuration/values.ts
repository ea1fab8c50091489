import { Duration, IANAZone } from 'luxon';
import { z } from 'zod';

/** What values of several sections have in common. */
export const url = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
/** Path of a file that holds one secret; read when needed, so a changed secret is seen without a restart. */
export const secretFile = z.string().min(1);
export const duration = z
  .string()
  .refine((text) => Duration.fromISO(text).toMillis() > 0, 'must be an ISO 8601 duration such as P1M, P14D or PT5S');
export const zone = z
  .string()
  .refine((name) => IANAZone.isValidZone(name), 'must be an IANA zone such as Europe/Moscow');

export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 09:00');

/** Names of this machine itself: nobody else can listen on the way. */
export const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/;
