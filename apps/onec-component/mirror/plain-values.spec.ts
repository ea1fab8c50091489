import { describe, expect, test } from '@jest/globals';
import { code, count, dateIn, flag, maybeCode, maybeText, maybeWhole, Misread, text } from './plain-values.js';

const date = dateIn('Europe/Moscow');
const misreads = (read: (value: unknown) => unknown, value: unknown): Misread => {
  try {
    read(value);
  } catch (error) {
    if (error instanceof Misread) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('a date', () => {
  test.each([
    ['2024-09-01T03:00:00', '2024-09-01T03:00:00'],
    ['2024-09-01T03:00:00.000', '2024-09-01T03:00:00'],
    ['2024-09-01T03:00', '2024-09-01T03:00:00'],
    ['2024-09-01 03:00:00', '2024-09-01T03:00:00'],
    ['2024-09-01', '2024-09-01T00:00:00'],
    ['2024-09-01T03:00:00+03:00', '2024-09-01T03:00:00'],
    ['2024-09-01T00:00:00Z', '2024-09-01T03:00:00'],
    ['2024-08-31T21:00:00.000Z', '2024-09-01T00:00:00'],
    ['2012-07-01T00:00:00+04:00', '2012-07-01T00:00:00'],
    ['20240901030000', '2024-09-01T03:00:00'],
    ['20240901', '2024-09-01T00:00:00'],
    ['01.09.2024 3:00:00', '2024-09-01T03:00:00'],
    ['01.09.2024', '2024-09-01T00:00:00'],
    [' 2024-09-01T03:00:00 ', '2024-09-01T03:00:00'],
    ['3999-12-31T23:59:59', '3999-12-31T23:59:59'],
    ...['', ' ', null, undefined, '0001-01-01', '0001-01-01T00:00:00', '0001-01-01T00:00:00Z', '00010101000000'].map(
      (nothing) => [nothing, '0001-01-01T00:00:00'] as const,
    ),
  ])('%j is %s', (given, meant) => expect(date(given)).toBe(meant));

  test.each([
    '2024-13-01',
    '2024-02-30T00:00:00',
    '31.02.2024',
    'вчера',
    1_725_148_800,
    [],
    '0000-01-01',
    '2024-09-01T25:00:00',
  ])('%j is none', (given) => expect(misreads(date, given).needed.en).toBe('a date like 2024-09-01T00:00:00'));
});

test.each([
  [text, null, ''],
  [text, undefined, ''],
  [text, 101, '101'],
  [text, ' М3О-101Б-24  ', 'М3О-101Б-24'],
  [maybeText, null, null],
  [code, ' 000000017 ', '000000017'],
  [maybeCode, null, ''],
  [maybeCode, '  ', ''],
  [maybeWhole, '3', 3],
  [maybeWhole, '2\u00A0024', 2024],
  [maybeWhole, '3,00', 3],
  [maybeWhole, ' ', null],
  [maybeWhole, null, null],
  [count, undefined, 0],
  [flag, 'Истина', true],
  [flag, 0, false],
  [flag, null, false],
] as const)('%p of %j is %j', (read, given, meant) => expect(read(given)).toBe(meant));

test.each([
  [text, 'Ив\u0000ан', 'a NUL character (U+0000)'],
  [text, 'Ив\uD800ан', 'half a surrogate pair (U+D800)'],
  [text, 'Щ'.repeat(1001), 'a text of 1001 characters'],
  [text, {}, 'a record'],
  [text, true, 'true or false'],
  [code, 17, 'a number'],
  [code, '', 'an empty text'],
  [code, undefined, 'nothing'],
  [code, '1\u0000', 'a NUL character (U+0000)'],
  [maybeWhole, 99_999_999_999, 'a larger one'],
  [maybeWhole, '99999999999', 'a larger one'],
  [maybeWhole, 3.5, 'a number'],
  [maybeWhole, 'третий', 'a text of 6 characters'],
  [count, -1, 'a number'],
  [flag, 'возможно', 'a text of 8 characters'],
] as const)('%p of %j cannot be read, and the value is not told', (read, given, found) => {
  const told = misreads(read, given);
  expect(told.found.en).toBe(found);
  expect(told.message).not.toMatch(/[Щт]{3}|возможно/);
});
