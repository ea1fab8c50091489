import { z } from 'zod';

/** A moment that goes out: RFC 3339, UTC. */
export const moment = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.iso.datetime())
  .describe('RFC 3339, UTC.');

/** A moment that comes in. */
export const givenMoment = z.iso.datetime({ offset: true }).describe('RFC 3339.');

export const bilingual = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Bilingual' });

/** A reason that a person gives; it stands in the audit. */
export const reason = z.string().trim().min(1).max(500).describe('Why; it stands in the audit.');

/** A query value of which there may be several. */
export const severalOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(item).max(1_000).optional(),
  );

/** Rows of one page. */
export const limit = z.coerce.number().int().min(1).max(500).default(50);

/** How many were touched. */
export const numberSchema = z.object({ number: z.int() }).meta({ id: 'Number' });
