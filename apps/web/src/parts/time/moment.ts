import type { Language } from '../../texts/texts.js';

const day = 86_400_000;
const steps = [
  { unit: 'hour', length: 3_600_000 },
  { unit: 'minute', length: 60_000 },
  { unit: 'second', length: 1_000 },
] as const;

const made = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.NumberFormat>();
/** Formats are dear to make. */
function once<T extends Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.NumberFormat>(
  key: string,
  make: () => T,
): T {
  const known = made.get(key) as T | undefined;
  if (known) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** "26 Nov, 12:04": with its year where that is not this one. */
export function absolute(time: number, now: number, language: Language, zone?: string): string {
  const sameYear = new Date(time).getUTCFullYear() === new Date(now).getUTCFullYear();
  const year = sameYear ? undefined : 'numeric';
  return once(
    `short ${language} ${zone} ${year}`,
    () =>
      new Intl.DateTimeFormat(language, {
        ...{
          day: 'numeric',
          month: 'short',
          year,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
          timeZone: zone,
        },
      }),
  ).format(time);
}

/** "09:12" of today, else with its date: since when something is so. */
export function sinceWhen(time: number, now: number, language: Language, zone?: string): string {
  const short = (moment: number) => absolute(moment, now, language, zone);
  const dayOf = (text: string) => text.slice(0, text.lastIndexOf(','));
  const shown = short(time);
  return dayOf(shown) === dayOf(short(now)) ? shown.slice(dayOf(shown).length + 2) : shown;
}

/** To the second, with its zone: for the hint. */
export function exact(time: number, language: Language, zone?: string): string {
  return once(
    `exact ${language} ${zone}`,
    () => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', hourCycle: 'h23', timeZone: zone }),
  ).format(time);
}

export function clock(time: number, language: Language, zone?: string): string {
  return once(
    `clock ${language} ${zone}`,
    () =>
      new Intl.DateTimeFormat(language, {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
        timeZone: zone,
      }),
  ).format(time);
}

/** "UTC+3": how far the zone is from UTC at that moment. */
export const offset = (time: number, zone: string): string =>
  once(`offset ${zone}`, () => new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }))
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')!
    .value.replace('GMT', 'UTC');

/** Milliseconds that the zone's clocks are ahead of UTC at that moment. */
function ahead(time: number, zone: string): number {
  const format = once(
    `parts ${zone}`,
    () =>
      new Intl.DateTimeFormat('en', {
        ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
        ...{ hourCycle: 'h23', timeZone: zone },
      }),
  );
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second);
  return shown - Math.floor(time / 1000) * 1000;
}

/** `2026-11-26T12:04` by the zone's clocks, or by the browser's where none is known. Undefined: it is no moment. */
export function momentOf(clocks: string, zone?: string): Date | undefined {
  const asUtc = Date.parse(zone === undefined ? clocks : `${clocks}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  if (zone === undefined) return new Date(asUtc);
  // Once more from there: in between clocks may have been changed.
  return new Date(asUtc - ahead(asUtc - ahead(asUtc, zone), zone));
}

/** What the zone's clocks show, or the browser's: `2026-11-26T12:04`. */
export function clocksOf(time: number, zone?: string): string {
  const distance = zone === undefined ? -60_000 * new Date(time).getTimezoneOffset() : ahead(time, zone);
  return new Date(time + distance).toISOString().slice(0, 16);
}

/** Milliseconds that the page's clock may lag behind: what has just happened lies in no future. */
const lag = 10_000;

/** "4 min ago", up to a day either way; undefined beyond. */
export function relative(time: number, now: number, language: Language): string | undefined {
  const distance = time > now && time - now <= lag ? 0 : time - now;
  if (Math.abs(distance) >= day) return undefined;
  const step = steps.find(({ length }) => Math.abs(distance) >= length) ?? steps[2];
  const format = once(
    `relative ${language}`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
  );
  return format.format(Math.trunc(distance / step.length), step.unit);
}

/** "2 h 5 min": how long something lasts, in its two largest units. */
export function lasting(milliseconds: number, language: Language): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor((seconds % 86_400) / 3_600), 'hour'],
    [Math.floor((seconds % 3_600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) return inUnits(0, 'second', language);
  return parts
    .slice(first, first + 2)
    .filter(([number]) => number > 0)
    .map(([number, unit]) => inUnits(number, unit, language))
    .join(' ');
}

const inUnits = (number: number, unit: string, language: Language): string =>
  once(
    `unit ${language} ${unit}`,
    () => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }),
  ).format(number);

export function count(number: number, language: Language): string {
  return once(`number ${language}`, () => new Intl.NumberFormat(language)).format(number);
}
