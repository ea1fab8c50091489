import fc from 'fast-check';
import { Pace } from './pace.js';

test('never faster than the rate, and no slower where somebody looks often enough', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 500, noNaN: true }),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 50, maxLength: 200 }),
      (rate, rests) => {
        const pace = new Pace(rate, 0);
        let [now, sent] = [0, 0];
        for (const rest of rests) {
          now += rest;
          const allowed = pace.allowed(now);
          pace.spend(allowed);
          sent += allowed;
          expect(sent).toBeLessThanOrEqual((rate * now) / 1000 + 1 + 1e-6);
        }
        expect(sent).toBeGreaterThanOrEqual((rate * now) / 1000 - 2 - 1e-6);
      },
    ),
  );
});

test('a long rest is not made up for by a burst', () => {
  const pace = new Pace(100, 0);
  expect(pace.allowed(3_600_000)).toBe(26);
});

test('no limit', () => expect(new Pace(null, 0).allowed(1)).toBe(Infinity));
