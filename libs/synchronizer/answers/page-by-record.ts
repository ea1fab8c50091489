import { parse, type ParseError } from 'jsonc-parser';
import { codeSchema } from '#contracts';

/** Where a text stops being JSON, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A record of a page that is no JSON as a whole. */
export type RecordText =
  /** What it means is certain, though it may be no JSON itself. */
  | { raw: unknown }
  /** `code`: whose it is, where that is certain. */
  | { problem: string; place: Place; code?: string };

const tolerant = { allowTrailingComma: true, disallowComments: true };

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function firstError(text: string, options: { allowTrailingComma: boolean }): { offset: number } | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { ...options, disallowComments: true });
  } catch (error) {
    // Nested without end: nothing of 1C's.
    if (!(error instanceof RangeError)) throw error;
    return { offset: 0 };
  }
  return errors[0];
}

/** Where strict JSON ends. */
export const placeOfFault = (text: string): Place =>
  placeOf(text, firstError(text, { allowTrailingComma: false })?.offset ?? text.length);

/** Between two records of a flat list: no string of JSON holds it, since a quote within one would be escaped. */
const border = /(?<=\})[\s,]*(?=\{\s*")/g;

/** The only field of an element that 1C itself found faulty: where its text begins and ends is certain. */
const errorAlone = /^\{\s*"error"\s*:\s*"([^]*)"[\s,]*\}$/;

/**
 * The records of a page of flat records that is no JSON: an unescaped character in one need not take the others along.
 * A record is taken only where its borders and its values are certain: its control characters (a tab, a line feed) mean
 * spaces, and a comma too many means nothing. After an unescaped quote or backslash nobody can tell where a value ends,
 * so such a record is told by its code or place. Undefined: the text is no list of records.
 */
export function recordsOf(page: string, codeField: string): RecordText[] | undefined {
  const begin = /^\s*\[[\s,]*/.exec(page)?.[0].length;
  if (begin === undefined) return undefined;
  if (page[begin] !== '{') return undefined;
  let end = page.length;
  while (/[\s,\]]/.test(page[end - 1]!)) end -= 1;
  const records: RecordText[] = [];
  let index = begin;
  for (const text of page.slice(begin, end).split(border)) {
    index = page.indexOf(text, index);
    records.push(recordOf(text, codeField, (offset) => placeOf(page, index + offset)));
    index += text.length;
  }
  return records;
}

function recordOf(text: string, codeField: string, place: (offset: number) => Place): RecordText {
  try {
    return { raw: JSON.parse(text) as unknown };
  } catch {
    // Read on, with more patience.
  }
  const spoken = errorAlone.exec(text)?.[1];
  if (spoken !== undefined && !/"\s*,\s*"[^"]*"\s*:/.test(spoken))
    return { raw: { error: spoken.replace(/\\"/g, '"') } };
  const calm = text.replace(/[\u0000-\u001f]/g, ' ');
  const fault = firstError(calm, tolerant);
  if (fault === undefined) return { raw: parse(calm, [], tolerant) as unknown };
  const inRecord = placeOf(text, fault.offset);
  return {
    problem: `the record is no JSON from its line ${inRecord.line}, column ${inRecord.column} on`,
    place: place(fault.offset),
    ...codeIn(text, codeField),
  };
}

/** The code of a record that cannot be read, where it stands there once and whole. */
function codeIn(text: string, field: string): { code?: string } {
  const name = JSON.stringify(field).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = [...text.matchAll(new RegExp(`${name}\\s*:\\s*"([^"\\\\\\u0000-\\u001f]*)"\\s*[,}]`, 'g'))];
  const code = found[0]?.[1]?.trim();
  return found.length === 1 && codeSchema.safeParse(code).success ? { code: code as string } : {};
}
