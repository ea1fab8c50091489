import { cut, cutTexts } from './cut.js';

test('a long text ends in a mark, and no letter is halved', () => {
  expect(cut('абв', 3)).toBe('абв');
  expect(cut('абвг', 3)).toBe('абв…');
  expect(cut('аб😀г', 3)).toBe('аб…');
  expect(cut('😀абв', 3)).toBe('😀а…');
});

test('every text of a value, keys too', () => {
  const long = 'x'.repeat(10);
  expect(cutTexts({ [long]: [long, 5, null, { a: long }] }, 4)).toEqual({
    'xxxx…': ['xxxx…', 5, null, { a: 'xxxx…' }],
  });
});
