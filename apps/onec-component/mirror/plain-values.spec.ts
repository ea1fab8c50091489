import { describe, expect, test } from '@jest/globals';
import * as plain from './plain-values.js';
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
    ['01.09.2024  13:00:00', '2024-09-01T13:00:00'],
    ['2024-09-01t00:00:00z', '2024-09-01T03:00:00'],
    ['2024-09-01T03:00:00+0300', '2024-09-01T03:00:00'],
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
    'x2024-09-01T00:00:00',
    '2024-09-01T00:00:00x',
    'x20240901',
    '20240901x',
    'x01.09.2024',
    '01.09.2024x',
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
  [flag, true, true],
  [flag, ' да ', true],
  [text, 'Щ'.repeat(1000), 'Щ'.repeat(1000)],
  [maybeText, ' x ', 'x'],
  [code, '1'.repeat(100), '1'.repeat(100)],
  [maybeCode, '17', '17'],
  [maybeWhole, '+3', 3],
  [maybeWhole, '-3', -3],
  [maybeWhole, 2_147_483_647, 2_147_483_647],
] as const)('%p of %j is %j', (read, given, meant) => expect(read(given)).toBe(meant));

test.each([
  [text, 'Ив\u0000ан', 'a NUL character (U+0000)'],
  [text, 'Ив\uD800ан', 'half a surrogate pair (U+D800)'],
  [text, 'Щ'.repeat(1001), 'a text of 1001 characters'],
  [text, {}, 'a record'],
  [text, true, 'true or false'],
  [code, 17, 'a number'],
  [code, '  ', 'an empty text'],
  [code, '1'.repeat(101), 'a text of 101 characters'],
  [code, [], 'a list'],
  [code, null, 'nothing'],
  [maybeCode, 17, 'a number'],
  [maybeWhole, 'x3', 'a text of 2 characters'],
  [maybeWhole, '3x', 'a text of 2 characters'],
  [maybeWhole, 'x', 'a text of 1 characters'],
  [maybeWhole, {}, 'a record'],
  [flag, {}, 'a record'],
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

test('one of some words is read with blanks around it, and nothing else', () => {
  const read = plain.oneOf(['да', 'нет']);
  expect(read(' да ')).toBe('да');
  for (const other of ['возможно', '', 5, null]) expect(misreads(read, other).needed.en).toBe('one of да, нет');
});

describe('a record', () => {
  const shape = { code, semester: count };
  const placed = (problems: Misread[]) => problems.map(({ field, found }) => [field, found.en]);

  test('is read field by field; what nobody asks for is left, what is missing is nothing', () => {
    expect(plain.readRecord(shape, { code: '1', semester: '2', more: 3 })).toStrictEqual({
      value: { code: '1', semester: 2 },
    });
    expect(plain.readRecord(shape, { code: '1' })).toStrictEqual({ value: { code: '1', semester: 0 } });
    expect(plain.readRecord({ toString: maybeText }, {})).toStrictEqual({ value: { toString: null } });
  });

  test('that cannot be read names every field', () => {
    const read = plain.readRecord(shape, { code: 5, semester: -1 });
    expect('problems' in read && placed(read.problems)).toEqual([
      ['code', 'a number'],
      ['semester', 'a number'],
    ]);
    for (const none of [null, 'x', [], 5]) expect(plain.readRecord(shape, none)).toHaveProperty('problems');
  });

  test('in a list is named by its place', () => {
    const read = plain.listOf(shape);
    expect(read(null)).toEqual([]);
    expect(read([{ code: '1' }, { code: '2' }])).toMatchObject([{ code: '1' }, { code: '2' }]);
    expect(misreads(read, 'x').needed.en).toBe('a list');
    expect(misreads(read, [{ code: '1' }, { code: 5 }])).toMatchObject({ field: '1.code' });
    const outer = plain.readRecord({ lines: read }, { lines: [{ code: 5 }] });
    expect('problems' in outer && placed(outer.problems)).toEqual([['lines.0.code', 'a number']]);
    expect(misreads(read, [{ code: 5 }]).within('lines').message).toMatch(/^lines\.0\.code: /);
  });

  test('whose reader breaks is no misread', () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    expect(() => plain.readRecord({ code: broken }, {})).toThrow(TypeError);
  });
});
