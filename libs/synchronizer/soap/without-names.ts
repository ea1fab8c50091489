import { redactText } from '#platform';

// A word with one capital at its front: a name, unless it begins a sentence.
const word = /(?<!(?:^|[.:!?}\n])\s*)(?<![\p{L}\p{N}-])\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?![\p{L}\p{N}])/gu;
const run = /\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?:\s+\p{Lu}(?:\p{Ll}+(?:-\p{Lu}\p{Ll}+)*|\.))+/gu;
const mail = /[^\s"<>«»]+@[^\s"<>«»]+/g;
const mask = '***';
/** More is never shown, nor looked through. */
const longest = 2_000;

/**
 * 1C's own words for a log or a reason, without what may name a person: its module texts are written by others,
 * and some put a student's full name into them. Cut to 300 characters.
 */
export const withoutNames = (text: string): string => {
  const masked = redactText(text.slice(0, longest))
    .replace(mail, mask)
    .replace(run, mask)
    .replace(word, mask)
    .replace(/\s+/g, ' ')
    .trim();
  return masked.length > 300 ? `${masked.slice(0, 299)}…` : masked;
};
