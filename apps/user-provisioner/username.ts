import { transliterate } from 'transliteration';
import { fill, names, type Template, type TemplateValues } from './template.js';

/** Column `user.username`. */
export const usernameLength = 100;

/** Latin letters only; an apostrophe (ь, ъ, О'Коннор) is dropped. */
const latin = (value: string): string =>
  (/^[ -~]*$/.test(value) ? value : transliterate(value)).replace(/['’ʹʺ`"]/g, '');

/**
 * The username that a template makes of a student, in Moodle's default alphabet (a-z, 0-9, `-._@`) and length.
 * Spaces become a dot. Empty when nothing usable is left.
 */
export function usernameFor(template: Template, values: TemplateValues): string {
  const made = fill(template, values, latin)
    .toLowerCase()
    .replace(/\s+/g, '.')
    .replace(/[^a-z0-9._@-]/g, '')
    .replace(/^[._@-]+|[._@-]+$/g, '')
    .replace(/\.{2,}/g, '.');
  return made.slice(0, usernameLength);
}

/**
 * A username made from the code is the student's alone: held by another, it is a fault to be shown. One made only from
 * names may be shared by namesakes, who are told apart by a number.
 */
export const isMadeFromCode = (template: Template): boolean => names(template, 'code', 'individual');

/** `ivanov.i`, `ivanov.i2`, `ivanov.i3`, ... cut so that the number still fits. */
export function numbered(base: string, number: number): string {
  const suffix = number === 1 ? '' : String(number);
  return base.slice(0, usernameLength - suffix.length) + suffix;
}

/**
 * The address that the template makes of a student. What comes from the student is written in Latin letters; what
 * stands in the template itself stays as it is.
 */
export const emailFor = (template: Template, values: TemplateValues & { username: string }): string =>
  fill(template, values, (value) =>
    latin(value)
      .replace(/\s+/g, '.')
      .replace(/[^A-Za-z0-9._@+-]/g, ''),
  ).toLowerCase();
