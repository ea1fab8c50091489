import type { z } from 'zod';
import type { Problem } from './load.js';

export const keyPath = (path: readonly PropertyKey[]): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('');

/** Every issue that zod found, told for the person who mends the file. */
export function problemsOf(error: z.ZodError, _content: unknown): Problem[] {
  return error.issues.map((issue) => ({
    key: keyPath(issue.path),
    what: { ru: issue.message, en: issue.message },
    mend: { ru: issue.message, en: issue.message },
  }));
}
