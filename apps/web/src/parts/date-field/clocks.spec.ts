import { expect, test } from '@jest/globals';
import { formatOf, readTyped, toCalendar, toClocks } from './clocks.js';

test('a moment is read as each language writes it; a day alone begins at midnight', () => {
  expect(readTyped('26.11.2026 12:04', 'ru')).toBe('2026-11-26 12:04:00');
  expect(readTyped(' 26.11.2026  9:04 ', 'ru')).toBe('2026-11-26 09:04:00');
  expect(readTyped('26.11.2026', 'ru')).toBe('2026-11-26 00:00:00');
  expect(readTyped('2026-11-26 12:04', 'en')).toBe('2026-11-26 12:04:00');
});

test('seconds are read where they are asked for, and may be left out there', () => {
  expect(formatOf('ru', true)).toBe('DD.MM.YYYY HH:mm:ss');
  expect(readTyped('26.11.2026 12:04:59', 'ru', true)).toBe('2026-11-26 12:04:59');
  expect(readTyped('2026-11-26 9:04', 'en', true)).toBe('2026-11-26 09:04:00');
  expect(readTyped('26.11.2026 12:04:59', 'ru')).toBeNull();
});

test.each(['', '26.11', '26.11.2026 1', '31.02.2026', '11/26/2026', 'вчера'])('%j is no moment yet', (typed) => {
  expect(readTyped(typed, 'ru')).toBeNull();
});

test('an address and the calendar say the same', () => {
  expect(toCalendar('2026-11-26T12:04')).toBe('2026-11-26 12:04:00');
  expect(toClocks('2026-11-26 12:04:00')).toBe('2026-11-26T12:04');
  expect(toClocks('2026-11-26 12:04:59', true)).toBe('2026-11-26T12:04:59');
  expect([toCalendar(undefined), toCalendar('soon'), toClocks(null)]).toEqual([null, null, undefined]);
});
