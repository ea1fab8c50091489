import type { LastTold, Sent } from '../report.js';

const longestLater = 24;

/**
 * Hours for which *later* holds: 1, doubling to 24 with each in a row, whoever says it. Before it is recorded a
 * repetition finds the same report before it, and says the same hours.
 */
export const laterHours = (last: LastTold | undefined): number =>
  last?.told === 'later' ? Math.min(longestLater, (last.laterHours ?? 0.5) * 2) : 1;

/** *Later* as it is said now, `now` in milliseconds. */
export function laterFrom(now: number, last: LastTold | undefined): Sent & { validUntil: number } {
  const hours = laterHours(last);
  return { told: 'later', validUntil: Math.floor(now / 1000) + hours * 3600, laterHours: hours };
}
