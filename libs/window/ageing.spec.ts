import { clockTick } from './ageing.js';

test('places do not grow old in a pause, by a clock that was set back, or by more than a quarter of an hour at once', () => {
  expect(clockTick(1_000, false)).toBe(1_000);
  expect(clockTick(1_000, true)).toBe(0);
  expect(clockTick(-1_000, false)).toBe(0);
  expect(clockTick(8 * 3_600_000, false)).toBe(900_000);
});
