import fc from 'fast-check';
import { both } from '#contracts';
import { lossesIn } from './loss.js';

const tally = (before: number, after: number) => ({ what: both('строки', 'rows'), before, after });
const isLoss = (before: number, after: number, largest: number): boolean =>
  lossesIn([tally(before, after)], largest).length > 0;

test.each([
  [0, 0, false],
  [0, 500, false],
  [1, 0, true],
  [19, 1, false],
  [20, 14, false],
  [20, 13, true],
  [20_000, 14_000, false],
  [20_000, 13_999, true],
  [20_000, 0, true],
])('from %d to %d', (before, after, loss) => expect(isLoss(before, after, 0.3)).toBe(loss));

test('whatever is lost is taken where any share is allowed, and growth is never a loss', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (before, after, largest) => {
      expect(isLoss(before, after, 1)).toBe(false);
      if (after >= before) expect(isLoss(before, after, largest)).toBe(false);
    }),
  );
});
