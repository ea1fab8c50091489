import { endOfPeriod, periodBefore } from './period.js';

describe('the period', () => {
  it('is a calendar month, in whole seconds', () => {
    expect(endOfPeriod(Date.UTC(2026, 0, 31, 12, 0, 0, 999), 'P1M')).toBe(Date.UTC(2026, 1, 28, 12) / 1000);
    expect(periodBefore(Date.UTC(2026, 2, 15), 'P14D')).toBe(Date.UTC(2026, 2, 1));
  });
});
