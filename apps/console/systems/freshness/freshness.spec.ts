import fc from 'fast-check';
import { businessTime, silentSystems, type BusinessHours } from './freshness.js';

const hour = 3_600_000;
const hours: BusinessHours = {
  zone: 'Europe/Moscow',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  until: '18:00',
};
/** By the clock of Moscow. */
const at = (text: string) => new Date(`${text}:00+03:00`);

it.each([
  ['within a day', '2026-11-26T10:00', '2026-11-26T12:30', 2.5],
  ['over a night', '2026-11-25T17:00', '2026-11-26T10:00', 2],
  ['over a weekend', '2026-11-27T17:00', '2026-11-30T09:30', 1.5],
  ['at night alone', '2026-11-25T18:00', '2026-11-26T09:00', 0],
  ['backwards', '2026-11-26T12:00', '2026-11-26T10:00', 0],
  ['five days', '2026-11-23T00:00', '2026-11-28T00:00', 45],
])('business hours %s', (_, from, to, expected) => {
  expect(businessTime(at(from), at(to), hours) / hour).toBe(expected);
});

it('counts the hours that really pass when clocks are changed in the midst of them', () => {
  const sunday: BusinessHours = { zone: 'Europe/Berlin', days: ['sun'], from: '01:00', until: '12:00' };
  const day = (date: string) => {
    const noon = Date.parse(`${date}T12:00:00Z`);
    return businessTime(new Date(noon - 24 * hour), new Date(noon + 24 * hour), sunday) / hour;
  };
  expect([day('2026-03-29'), day('2026-10-25'), day('2026-11-01')]).toEqual([10, 12, 11]);
});

it('never more than passes by the clock, and the sum of its parts', () => {
  const moment = fc.integer({ min: at('2026-01-01T00:00').getTime(), max: at('2027-01-01T00:00').getTime() });
  fc.assert(
    fc.property(moment, moment, moment, (...three) => {
      const [a, b, c] = [...three].sort((x, y) => x - y).map((time) => new Date(time));
      const whole = businessTime(a!, c!, hours);
      expect(whole).toBeLessThanOrEqual(c!.getTime() - a!.getTime());
      expect(businessTime(a!, b!, hours) + businessTime(b!, c!, hours)).toBe(whole);
    }),
    { numRuns: 200 },
  );
});

it('silent is of whom nothing came for longer than it should; a weekend is no silence', () => {
  const rules = { after: 'PT18H', ...hours };
  const last = new Map([
    ['lms', at('2026-11-27T17:00')],
    ['lms2', at('2026-11-26T12:00')],
  ]);
  expect(silentSystems(last, at('2026-11-29T20:00'), rules)).toEqual([]);
  // One hour of Friday, nine of Monday, eight of Tuesday; of the other the whole of Friday and six of Thursday.
  expect(silentSystems(last, at('2026-12-01T17:00'), rules)).toEqual([
    { system: 'lms2', since: last.get('lms2'), hours: 32 },
  ]);
  expect(silentSystems(last, at('2026-12-01T17:01'), rules).map(({ system }) => system)).toEqual(['lms', 'lms2']);
  expect(silentSystems(new Map([['old', new Date(0)]]), at('2026-12-01T17:00'), rules)).toHaveLength(1);
});
