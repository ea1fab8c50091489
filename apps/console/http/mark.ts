import { both } from '#contracts';
import { problems } from '#http-api';

/** Where a page ended: a row's moment in microseconds, and its id. */
export type Mark = [string, string];

export const writeMark = (mark: Mark): string => Buffer.from(JSON.stringify(mark)).toString('base64url');

/** @returns nothing where it is none of ours */
export function readMark(text: string): Mark | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [moment, id] = read as [unknown, unknown];
    return typeof moment === 'string' && /^\d{1,20}$/.test(moment) && typeof id === 'string' ? [moment, id] : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Problem where it is none of ours */
export function givenMark(after: string | undefined): Mark | undefined {
  if (after === undefined) return undefined;
  const mark = readMark(after);
  if (mark) return mark;
  throw problems.invalid([{ path: 'after', message: both('Это не конец страницы', 'That is no end of a page') }]);
}

/** SQL: a column's moment as a mark holds it. */
export const microseconds = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint::text`;

/** SQL: behind the mark in these places, in an order of newest first and then by id. */
export function behind(column: string, id: string, moment: string, after: string): string {
  const time = `to_timestamp(${moment}::numeric / 1000000)`;
  return `${column} <= ${time} and (${column} < ${time} or ${id} > ${after}::text)`;
}
