import { errorFlagsPerHour, stillThatFailure } from './allowance.js';

it('the hour’s limit is 20, or 2 % of a large system', () => {
  expect([0, 999, 1000, 1049, 1050, 20_000].map(errorFlagsPerHour)).toEqual([20, 20, 20, 20, 21, 400]);
});

it('a release flags only whose newest outcome is the failure that was held', () => {
  const held = { code: '1', revision: 5 };
  expect(stillThatFailure(held, { told: 'later', revision: 5 })).toBe(true);
  expect(stillThatFailure(held, { told: 'later', revision: 6 })).toBe(false);
  expect(stillThatFailure(held, { told: 'synchronized', revision: 5 })).toBe(false);
  expect(stillThatFailure(held, undefined)).toBe(false);
});
