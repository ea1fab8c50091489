import { z } from 'zod';
import { asWhole, cut, inRow } from './cut.js';

/** A moment that goes out: RFC 3339, UTC. */
export const moment = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.iso.datetime())
  .describe('RFC 3339, UTC.');

/** A moment that comes in. */
export const givenMoment = z.iso.datetime({ offset: true }).describe('RFC 3339.');

const text = (longest: number) =>
  z
    .string()
    .transform((text) => cut(text, longest))
    .pipe(z.string());

/** A text from outside that goes out: whoever wrote it may have written a megabyte. */
export const shortText = text(inRow).describe('Cut where it is long: `…` at its end says so.');
/** The same on the page of the one thing that it belongs to. */
export const wholeText = text(asWhole);

export const bilingual = z.object({ ru: shortText, en: shortText }).meta({ id: 'Bilingual' });
export const wholeBilingual = z.object({ ru: wholeText, en: wholeText });

/** A reason that a person gives; it stands in the audit. */
export const reason = z.string().trim().min(1).max(500).describe('Why; it stands in the audit.');

/** What others had to be asked for: `LastKnown`. */
export const lastKnown = {
  readAt: moment.nullable().describe('Of when it is; null: it is not known yet.'),
  askedSince: moment.nullable().describe('It is being asked for since then, and the answer has not come yet.'),
  trouble: bilingual.nullable().describe('Why it could not be read the last time.'),
};

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
