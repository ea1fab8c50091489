import { DateTime } from 'luxon';
import { z } from 'zod';
import { unstorableIn } from '#contracts';
import { complaint } from '#http-api';
import { disciplineKinds } from '../ledger/entities/mirror/disciplines.js';

/** A moment that goes out: RFC 3339, UTC. */
export const moment = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.iso.datetime())
  .describe('RFC 3339, UTC.');

/** A text that comes in: no sign in it that the database cannot hold. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine(
      (given) => unstorableIn(given) === undefined,
      complaint('В тексте есть знак, который нельзя сохранить', 'A sign of the text cannot be stored'),
    );

export const code = text(200).min(1);
export const system = code.describe('Code of the ELS.');

/** 1C's date, in the infobase's own time. */
export const naiveDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .refine(
    (given) => DateTime.fromISO(given, { zone: 'utc' }).isValid && given > '1900' && given < '3000',
    complaint('Такой даты нет', 'There is no such date'),
  )
  .describe('`2026-09-01T08:00:00`, in the time of the infobase.');

export const disciplineKind = z.enum(disciplineKinds);
export const semester = z.int().min(0).max(100);

/** What is bound, within one ELS. */
export const bindingKey = {
  curriculum: code,
  department: text(200).describe('Teaching department.'),
  disciplineKind,
  discipline: code,
  semester,
};

/** A page of a list; `total` of the answer says how many there are in all. */
export const paged = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
};

/** A piece of a text that is looked for. */
export const piece = text(200).trim().min(1);
export const id = z.uuid();
export const ofSystem = z.object({ system });
export const version = z.int().min(1).describe('The version that was seen: of another one nothing is written over.');
export const bilingual = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Bilingual' });
export const total = z.int().describe('Of all pages.');
