import { StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { both, type Bilingual } from '#contracts';
import { problems, type Issue } from '../problems/problem.js';

const russian = z.locales.ru().localeError;
const english = z.locales.en().localeError;

type RawIssue = Parameters<typeof english>[0];

function messageOf(issue: z.core.$ZodIssue): Bilingual {
  const own = issue.code === 'custom' ? (issue.params as Partial<Bilingual> | undefined) : undefined;
  if (own?.ru && own.en) return both(own.ru, own.en);
  const told = (language: typeof english): string => {
    const said = language(issue as unknown as RawIssue);
    return (typeof said === 'string' ? said : said?.message) ?? issue.message;
  };
  return both(told(russian), told(english));
}

/** What zod says of one value, in both languages. */
export const issueOf = (issue: z.core.$ZodIssue): Issue => ({
  path: issue.path.map(String).join('.'),
  message: messageOf(issue),
});

/** For `refine`: a complaint in both languages. */
export const complaint = (ru: string, en: string) => ({ error: en, params: { ru, en } });

/** Complaints of one request that are told at the most. */
const atMost = 20;

/** Holds bodies, queries and parameters against the schema in their decorator, and knows what was given where it fails. */
class ReadingPipe extends StandardSchemaValidationPipe {
  protected override validate<T>(value: unknown, schema: Parameters<StandardSchemaValidationPipe['validate']>[1]) {
    const read = (schema as z.ZodType<T>).safeParse(value, { reportInput: true });
    return read.success ? { value: read.data } : { issues: read.error.issues };
  }
}

export const readingPipe = new ReadingPipe({
  exceptionFactory: (issues) => problems.invalid((issues as z.core.$ZodIssue[]).slice(0, atMost).map(issueOf)),
});
