import { DateTime, Duration } from 'luxon';

/** Unix seconds (whole) at which a period that begins at `from` (milliseconds) is over. Months are calendar months, UTC. */
export const endOfPeriod = (from: number, period: string): number =>
  Math.floor(DateTime.fromMillis(from, { zone: 'utc' }).plus(Duration.fromISO(period)).toSeconds());

/** The earliest moment (milliseconds) whose period is not yet over at `now`. */
export const periodBefore = (now: number, period: string): number =>
  DateTime.fromMillis(now, { zone: 'utc' }).minus(Duration.fromISO(period)).toMillis();
