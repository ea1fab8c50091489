import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addMonth, naiveOf, secondsOf } from './naive-date.js';

describe('naive dates', () => {
  test.each([
    [1725148800, '2024-09-01T03:00:00'],
    [1735689600, '2025-01-01T03:00:00'],
    [1767225599, '2026-01-01T02:59:59'],
  ])('%d is %s in Moscow', (seconds, date) => {
    expect(naiveOf(seconds, 'Europe/Moscow')).toBe(date);
    expect(secondsOf(date, 'Europe/Moscow')).toBe(seconds);
  });

  test('Moscow was four hours ahead from 2011 to 2014; Berlin changes twice a year', () => {
    expect(naiveOf(Date.parse('2012-07-01T00:00:00Z') / 1000, 'Europe/Moscow')).toBe('2012-07-01T04:00:00');
    expect(naiveOf(Date.parse('2025-10-26T00:30:00Z') / 1000, 'Europe/Berlin')).toBe('2025-10-26T02:30:00');
    expect(naiveOf(Date.parse('2025-10-26T01:30:00Z') / 1000, 'Europe/Berlin')).toBe('2025-10-26T02:30:00');
  });

  test('back and forth, where the zone has no clock changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000, max: 4_000_000_000 }), (seconds) => {
        expect(secondsOf(naiveOf(seconds, 'Asia/Yekaterinburg'), 'Asia/Yekaterinburg')).toBe(seconds);
      }),
    );
  });

  test.each([
    ['2025-01-31T10:00:00', '2025-02-28T10:00:00'],
    ['2024-01-31T10:00:00', '2024-02-29T10:00:00'],
    ['2025-12-15T23:59:59', '2026-01-15T23:59:59'],
    ['2025-03-29T02:30:00', '2025-04-29T02:30:00'],
  ])('a month after %s is %s', (from, to) => expect(addMonth(from, 1)).toBe(to));
});
