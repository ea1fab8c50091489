import { DateTime } from 'luxon';
import type { Notices } from '#platform';

/** Is it an hour in which nobody is to be told? Hours may go over midnight. */
export function isQuiet(now: Date, hours: Notices['quietHours'], zone: string): boolean {
  if (!hours) return false;
  const clock = DateTime.fromJSDate(now, { zone }).toFormat('HH:mm');
  const { from, until } = hours;
  return from < until ? from <= clock && clock < until : clock >= from || clock < until;
}
