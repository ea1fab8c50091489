import { DateTime, Duration } from 'luxon';
import type { Freshness, Weekday } from '#platform';

/** When people work; the rest of the week nothing is expected to come. */
export interface BusinessHours extends Pick<Freshness, 'days' | 'from' | 'until'> {
  /** IANA. */
  zone: string;
}

/** A system of which nothing has come for longer than it should. */
export interface Silence {
  system: string;
  /** When something came last. */
  since: Date;
  /** Whole hours of business since then. */
  hours: number;
}

const hour = 3_600_000;
const names: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** So far back is counted: longer ago than that is silence by any measure. */
const daysCounted = 400;

/** Milliseconds of business between two moments; on the days when clocks are changed, those that really pass. */
export function businessTime(from: Date, to: Date, hours: BusinessHours): number {
  const end = DateTime.fromJSDate(to, { zone: hours.zone });
  const begin = DateTime.max(DateTime.fromJSDate(from, { zone: hours.zone }), end.minus({ days: daysCounted }));
  let sum = 0;
  for (let day = begin.startOf('day'); day < end; day = day.plus({ days: 1 }).startOf('day')) {
    if (!hours.days.includes(names[day.weekday - 1]!)) continue;
    const open = Math.max(begin.toMillis(), clockOn(day, hours.from));
    const close = Math.min(end.toMillis(), clockOn(day, hours.until));
    sum += Math.max(0, close - open);
  }
  return sum;
}

/** `last`: when something came of each system last; one that has never sent anything is silent since no known moment. */
export function silentSystems(
  last: ReadonlyMap<string, Date>,
  now: Date,
  { after, zone, ...hours }: Freshness & { zone: string },
): Silence[] {
  const allowed = Duration.fromISO(after).toMillis();
  return [...last].flatMap(([system, since]) => {
    const passed = businessTime(since, now, { ...hours, zone });
    return passed > allowed ? [{ system, since, hours: Math.floor(passed / hour) }] : [];
  });
}

function clockOn(day: DateTime, clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return day.set({ hour: hour!, minute: minute! }).toMillis();
}
