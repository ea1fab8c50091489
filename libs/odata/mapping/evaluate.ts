import type { Row } from '../client/client.js';
import { emptyReference } from '../client/query.js';
import { dictionaryId } from './plan.js';
import { isComposite, type FieldValue, type Target, type Value } from './value.js';

/** Values of the directories that have been read, by dictionary and reference. */
export type Dictionaries = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export interface Circumstances {
  dictionaries: Dictionaries;
  /** Naive, in the infobase's zone. */
  now: string;
}

/** What a field holds; an empty reference is nothing. */
export const plain = (raw: unknown): unknown => (raw === undefined || raw === emptyReference ? null : raw);

/** Where a reference leads, by the type that stands beside it. */
export function targetOf(value: FieldValue, row: Row): Target | undefined {
  if (!isComposite(value)) return value.to?.[0];
  const type = String(row[`${value.field}_Type`] ?? '').replace(/^.*\./, '');
  return value.to?.find((target) => target.in === type);
}

/** A value of this row. Where a reference leads nowhere, any more or at all, there is none. */
export function evaluate(value: Value, row: Row, circumstances: Circumstances): unknown {
  if ('constant' in value) return value.constant;
  if ('ofStudents' in value) return null;
  if ('course' in value) return semester(evaluate(value.course, row, circumstances), value, circumstances.now);
  let found = plain(row[value.field]);
  if (value.to && found !== null) {
    const target = targetOf(value, row);
    found = (target && circumstances.dictionaries.get(dictionaryId(target))?.get(String(found))) ?? null;
  }
  if (value.pattern !== undefined && found !== null)
    found = new RegExp(value.pattern, 'u').exec(String(found))?.[1] ?? null;
  if (value.words && found !== null) {
    const text = String(found).trim();
    found = Object.hasOwn(value.words, text) ? value.words[text] : found;
  }
  return found;
}

/** Two semesters a course: the first from `autumn` on, the second from `spring` on. */
function semester(course: unknown, { autumn, spring }: { autumn: string; spring: string }, now: string): unknown {
  const number = typeof course === 'number' ? course : Number(String(course ?? '').trim() || NaN);
  if (!Number.isInteger(number) || number < 1) return course === null ? null : course;
  const today = now.slice(5, 10);
  const inSpring = spring < autumn ? today >= spring && today < autumn : today >= spring || today < autumn;
  return 2 * number - (inSpring ? 0 : 1);
}

/** Does the row belong to the section? */
export function belongs(where: Record<string, unknown>, row: Row): boolean {
  return Object.entries(where).every(([field, wanted]) =>
    [wanted].flat().some((one) => String(plain(row[field]) ?? '') === String(one)),
  );
}
