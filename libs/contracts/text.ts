import { both, type Bilingual } from './bilingual.js';

/** What PostgreSQL or XML 1.0 cannot hold, not even as a reference. */
const unstorable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/u;
const unstorables = new RegExp(unstorable, 'gu');

/** The first character of the text that neither a database nor XML can hold, in kind; undefined: the text is storable. */
export function unstorableIn(text: string): Bilingual | undefined {
  const found = unstorable.exec(text)?.[0];
  if (found === undefined) return undefined;
  const number = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (found === '\u0000') return both(`нулевой символ (${number})`, `a NUL character (${number})`);
  if (found < ' ') return both(`управляющий символ (${number})`, `a control character (${number})`);
  if (found < '\uE000') return both(`половина суррогатной пары (${number})`, `half a surrogate pair (${number})`);
  return both(`код, который не является символом (${number})`, `a noncharacter (${number})`);
}

/** The text with `instead` wherever a character stands that cannot be stored: for words, never for data of a student. */
export const storable = (text: string, instead = '\uFFFD'): string =>
  unstorable.test(text) ? text.replace(unstorables, instead) : text;

/** A value read from JSON, every text and key in it storable. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableValue(inner)]));
}

/** Letters that leave a blank: Hangul fillers and the empty Braille pattern. */
const blanks = /[\u115F\u1160\u2800\u3164\uFFA0\u0085]/g;
/** Takes no room and shows nothing: soft hyphen, joiners, direction marks, mark of byte order; a few of Cf do show. */
const invisible =
  /(?![\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])[\p{Cf}\p{Default_Ignorable_Code_Point}\u007F-\u009F]/gu;

/**
 * A text as a person sees it: what shows nothing is removed, blanks of every kind in a row are one space, none at the
 * ends; composed letters. Never for codes: 1C knows them to the letter.
 */
export const tidyText = (text: string): string =>
  /^[!-~]*$/.test(text)
    ? text
    : text.replace(blanks, ' ').replace(invisible, '').replace(/\s+/g, ' ').trim().normalize('NFC');
