import fc from 'fast-check';
import { kept, minute, minuteOf, rolledUntil, rollUp, type Sample } from './roll-up.js';

const noon = Date.parse('2026-11-20T12:00:00Z');
const sample = (at: number, more: Partial<Sample> = {}): Sample => ({
  ...{ system: 'lms', service: 'course-enroller', time: new Date(at), minutes: 1 },
  ...{ ready: 0, inHand: 0, retry: 0, dead: 0, done: 0, retried: 0, died: 0 },
  ...more,
});

it('ten minutes become one: the highest depth, and all that was settled', () => {
  expect(
    rollUp([
      sample(noon, { ready: 5, inHand: 1, done: 60 }),
      sample(noon + 9 * minute, { ready: 40, inHand: null, done: 30, died: 2 }),
      sample(noon + 10 * minute, { ready: 7, inHand: null, done: null, retried: null, died: null }),
    ]),
  ).toEqual([
    sample(noon, { minutes: 10, ready: 40, inHand: 1, done: 90, died: 2 }),
    sample(noon + 10 * minute, { minutes: 10, ready: 7, inHand: null, done: null, retried: null, died: null }),
  ]);
});

it('only whole tens of minutes are rolled up, and none of the last hour', () => {
  expect(rolledUntil(new Date(noon + 7 * minute)).getTime()).toBe(noon - 60 * minute);
  expect(rolledUntil(new Date(noon + 10 * minute)).getTime()).toBe(noon - 50 * minute);
  expect(minuteOf(new Date(noon + 59_999)).getTime()).toBe(noon);
});

const numbers = fc.option(fc.nat(1_000), { nil: null });
const samples = fc.array(
  fc
    .tuple(fc.nat(100), fc.constantFrom('a', 'b'), numbers, numbers)
    .map(([at, service, ready, done]) => sample(noon + at * minute, { service, ready, done })),
  { maxLength: 100 },
);

it('nothing settled is lost or made up, no depth exceeds what was seen, and one row stands for each ten minutes', () => {
  const total = (all: Sample[]) => all.reduce((sum, { done }) => sum + (done ?? 0), 0);
  const peak = (all: Sample[]) => Math.max(-1, ...all.map(({ ready }) => ready ?? -1));
  fc.assert(
    fc.property(samples, (all) => {
      const rolled = rollUp(all);
      expect(total(rolled)).toBe(total(all));
      expect(peak(rolled)).toBe(peak(all));
      expect(new Set(rolled.map(({ service, time }) => `${service} ${time.getTime()}`)).size).toBe(rolled.length);
      expect(rollUp(rolled)).toEqual(rolled);
    }),
  );
});

it('a day is few rows: 60 minutes and 138 tens', () => {
  expect((kept - 60 * minute) / (10 * minute)).toBe(138);
});
