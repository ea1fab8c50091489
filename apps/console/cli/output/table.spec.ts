import fc from 'fast-check';
import { both } from '#contracts';
import { csvOf } from '../../failures/desk/csv.js';
import { languageOf } from '../language.js';
import { cellText, formatPieces, formatTable } from './table.js';

const columns = [both('Студент', 'Student'), both('Число', 'Number'), both('Причина', 'Reason')];

test('columns stand under each other, numbers at the right', () => {
  expect(
    formatTable(
      columns,
      [
        ['007', 5, both('нет курса', 'no course')],
        [null, 1200, 'a\nb\u001b[31m'],
      ],
      'en',
    ).split('\n'),
  ).toEqual([
    'Student  Number  Reason',
    '-------  ------  ------',
    '007           5  no course',
    '-          1200  a b [31m',
  ]);
});

test('a column is as wide as its longest cell, but for the last; only what is all numbers stands at the right', () => {
  const rows = [
    ['000000042', 5, 'longer than its head  '],
    ['7', '-'],
    ['8', 12, 'x'],
  ];
  expect(formatTable(columns, rows, 'en').split('\n')).toEqual([
    'Student    Number  Reason',
    '---------  ------  ------',
    '000000042  5       longer than its head',
    '7          -',
    '8          12      x',
  ]);
});

test('a cell without anything is a dash, a moment is told by the clock of this machine', () => {
  for (const cell of [null, undefined, '']) expect(cellText(cell, 'en')).toBe('-');
  expect(cellText(new Date(2026, 2, 1, 10, 5, 6), 'ru')).toBe('2026-03-01 10:05:06');
  expect(cellText(both('да', 'yes'), 'ru')).toBe('да');
  expect(cellText(0, 'en')).toBe('0');
});

test('what would tear a row apart is one space, however much of it there is', () => {
  expect(formatTable([both('а', 'a')], [['x\r\n\u2028y']], 'en')).toBe('a\n-\nx y');
});

test('pieces stand one under the other, a heading with a blank line before it', () => {
  const heading = { heading: both('Г', 'H') };
  const table = { table: { columns: [both('а', 'a')], rows: [['x']], empty: both('Нет', 'None') } };
  expect(formatPieces([heading, table, heading], 'en')).toBe('H\na\n-\nx\n\nH');
});

test('no cell breaks a row, whatever it holds', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(undefined));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell)), (rows) => {
      const lines = formatTable(columns, rows, 'ru').split('\n');
      expect(lines).toHaveLength(rows.length + 2);
      expect(lines.some((line) => /\p{Cc}/u.test(line))).toBe(false);
    }),
  );
});

test('an empty table says so', () => {
  const piece = { table: { columns, rows: [], empty: both('Нет', 'None') } };
  expect(formatPieces([piece, { line: both('а', 'a') }], 'en')).toBe('None\na');
});

test.each([
  [{ ITK_LANG: 'ru', LANG: 'en_US.UTF-8' }, 'ru'],
  [{ ITK_LANG: 'en', LANG: 'ru_RU.UTF-8' }, 'en'],
  [{ LANG: 'ru_RU.UTF-8' }, 'ru'],
  [{ LC_ALL: 'C', LANG: 'ru_RU.UTF-8' }, 'en'],
  [{}, 'en'],
])('%j speaks %s', (environment, language) => expect(languageOf(environment)).toBe(language));

test('a spreadsheet takes no text of a failure for a formula', () => {
  const at = new Date(0);
  const one = {
    ...{
      id: 'a',
      system: 's',
      service: 'c',
      kind: 'course' as const,
      cause: '=1+1',
      about: '@x',
      code: '007',
      revision: 5,
    },
    ...{
      state: 'open' as const,
      attempts: 1,
      firstSeen: at,
      lastSeen: at,
      askedAt: null,
      group: 'g',
      replayable: true,
    },
    reason: both('-2; "так"', '-2; "so"'),
  };
  const row = csvOf([one], 'en').split('\r\n')[1];
  expect(row).toBe(`a,s,c,course,'=1+1,'@x,007,5,open,1,${at.toISOString()},${at.toISOString()},g,"'-2; ""so"""`);
});
