import { laterFrom, laterHours } from './later.js';
import type { LastTold } from '../report.js';

it('says later for 1 hour, doubling to 24 whoever says it, and from the start after anything else', () => {
  const hours: number[] = [];
  let last: LastTold | undefined;
  for (let revision = 1; revision <= 7; revision++) {
    const now = laterHours(last);
    last = { revision, told: 'later', laterHours: now };
    hours.push(now);
  }
  expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24]);
  expect(laterHours({ revision: 8, told: 'synchronized' })).toBe(1);
  expect(laterHours({ revision: 8, told: 'error' })).toBe(1);
  // Told before the hours were kept.
  expect(laterHours({ revision: 8, told: 'later' })).toBe(1);
  expect(laterFrom(1_750_000_000_999, { revision: 9, told: 'later', laterHours: 1 })).toEqual({
    told: 'later',
    validUntil: 1_750_000_000 + 7200,
    laterHours: 2,
  });
});
