import { expect, test } from '@jest/globals';
import { absolute, clock, clocksOf, count, lasting, momentOf, offset, relative, sinceWhen } from './moment.js';

const now = Date.parse('2026-11-26T12:00:00Z');
const spaces = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('up to a day a time is told by its distance, beyond by its date', () => {
  expect(relative(now - 4 * 60_000, now, 'ru')).toMatch(/^4 мин\.? назад$/);
  expect(relative(now - 4 * 60_000, now, 'en')).toMatch(/^4 min\.? ago$/);
  expect(relative(now - 23 * 3_600_000, now, 'ru')).toBe('23 ч назад');
  expect(relative(now + 40_000, now, 'en')).toMatch(/^in 40 sec\.?$/);
  expect(relative(now - 86_400_000, now, 'ru')).toBeUndefined();
  expect(relative(now + 9_000, now, 'ru')).toBe('сейчас');
});

test('dates are of the university’s zone, and bear their year where it is another', () => {
  expect(absolute(now, now, 'ru', 'Europe/Moscow')).toBe('26 нояб., 15:00');
  expect(absolute(now, now, 'en', 'Asia/Vladivostok')).toBe('Nov 26, 22:00');
  expect(spaces(absolute(now - 365 * 86_400_000, now, 'ru', 'Europe/Moscow'))).toBe('26 нояб. 2025 г., 15:00');
  expect(clock(now, 'en', 'Europe/Moscow')).toBe('15:00:00');
  expect([offset(now, 'Europe/Moscow'), offset(now, 'Asia/Kolkata')]).toEqual(['UTC+3', 'UTC+5:30']);
});

test('what is typed by the clocks of the zone is a moment', () => {
  const iso = (clocks: string, zone: string) => momentOf(clocks, zone)?.toISOString();
  expect(iso('2026-11-26T15:00', 'Europe/Moscow')).toBe('2026-11-26T12:00:00.000Z');
  expect(iso('2026-03-29T01:59', 'Europe/Berlin')).toBe('2026-03-29T00:59:00.000Z');
  expect(iso('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
  expect(iso('2026-10-25T12:00', 'Europe/Berlin')).toBe('2026-10-25T11:00:00.000Z');
  expect(iso('yesterday', 'Europe/Berlin')).toBeUndefined();
});

test('what the clocks show is the same moment again', () => {
  expect(clocksOf(now, 'Europe/Moscow')).toBe('2026-11-26T15:00');
  expect(momentOf(clocksOf(now, 'Asia/Kolkata'), 'Asia/Kolkata')?.getTime()).toBe(now);
  expect(momentOf(clocksOf(now))?.getTime()).toBe(now);
});

test('since when: the time alone where it is of today', () => {
  expect(sinceWhen(now - 3_600_000, now, 'ru', 'Europe/Moscow')).toBe('14:00');
  expect(sinceWhen(now - 86_400_000, now, 'ru', 'Europe/Moscow')).toBe('25 нояб., 15:00');
});

test('what lasts is told in its two largest units', () => {
  expect(spaces(lasting(0, 'en'))).toBe('0 sec');
  expect(spaces(lasting(40_000, 'ru'))).toBe('40 с');
  expect(spaces(lasting(7_500_000, 'ru'))).toBe('2 ч 5 мин');
  expect(spaces(lasting(90_000_000, 'en'))).toBe('1 day 1 hr');
});

test('numbers are grouped as the language does', () => {
  expect(spaces(count(19412, 'ru'))).toBe('19 412');
  expect(count(19412, 'en')).toBe('19,412');
});
