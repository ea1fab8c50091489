import { z } from 'zod';
import { noticesSchema } from './notices-schema.js';
import { openIdSchema } from './openid-schema.js';
import { clock, duration, loopback, secretFile, url, zone } from '../values.js';

const consoleHttpSchema = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1'),
    port: z.int().min(0).max(65_535).default(8090),
    /** What browsers call it by; absent: only this machine's own. */
    publicUrl: url
      .refine((address) => {
        const { protocol, hostname, pathname, search, hash } = new URL(address);
        return (protocol === 'https:' || loopback.test(hostname)) && `${pathname}${search}${hash}` === '/';
      }, 'must be https:// without a path; http:// only on this machine')
      .transform((address) => new URL(address).origin)
      .optional(),
    /** Proxies whose X-Forwarded-For is believed. */
    trustedProxies: z.array(z.string().min(1)).default([]),
    /** Certificate with intermediates, and its key (PEM): the console answers by https itself; absent: a proxy does. */
    tls: z.strictObject({ certFile: secretFile, keyFile: secretFile }).optional(),
  })
  .refine(({ tls, publicUrl }) => tls === undefined || publicUrl?.startsWith('https:'), {
    path: ['publicUrl'],
    error: 'must be https:// where the console has a certificate',
  })
  .refine(({ host, publicUrl }) => loopback.test(host) || publicUrl !== undefined, {
    path: ['publicUrl'],
    error: 'must be given where others can reach the console',
  });

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const freshnessSchema = z
  .strictObject({
    /** Of business hours: for so long nothing may come of a system. */
    after: duration.default('PT18H'),
    days: z.array(z.enum(weekdays)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    from: clock.default('09:00'),
    until: clock.default('18:00'),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], error: 'must be later than from' });
export type Freshness = z.infer<typeof freshnessSchema>;

export const consoleSchema = z.strictObject({
  /** Days that the journal, and what became of failures that are no longer open, are kept. */
  journalDays: z.int().min(1).max(3650).default(90),
  /** The university's: times are shown and business hours are meant in it. Absent: that of the first system's infobase. */
  zone: zone.optional(),
  freshness: freshnessSchema.prefault({}),
  http: consoleHttpSchema.prefault({}),
  notices: noticesSchema.prefault({}),
  /** Sign-in by an identity provider besides local accounts; absent: there is none. */
  openid: openIdSchema.optional(),
  /** The door to onec-component's desk; absent: there is none. */
  desk: z
    .strictObject({
      url: url.transform((address) => new URL(address).origin),
      /** Private key (JWK) that the console's tokens are signed with. */
      keyFile: secretFile,
    })
    .optional(),
});
