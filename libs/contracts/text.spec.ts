import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeSchema } from './student.js';
import { storable, storableValue, tidyText, unstorableIn } from './text.js';

describe('what no database and no XML holds', () => {
  test.each([
    ['Ива\u0000нов', 'нулевой символ (U+0000)', 'a NUL character (U+0000)'],
    ['\u0007', 'управляющий символ (U+0007)', 'a control character (U+0007)'],
    ['\ud83d', 'половина суррогатной пары (U+D83D)', 'half a surrogate pair (U+D83D)'],
    ['x\udc00y', 'половина суррогатной пары (U+DC00)', 'half a surrogate pair (U+DC00)'],
    ['\uffff', 'код, который не является символом (U+FFFF)', 'a noncharacter (U+FFFF)'],
  ])('%j is named in kind', (text, ru, en) => {
    expect(unstorableIn(text)).toEqual({ ru, en });
    expect(unstorableIn(storable(text))).toBeUndefined();
    expect(codeSchema.safeParse(text).success).toBe(false);
  });

  test.each(['', 'Иванов\tПётр\r\n', '😀 👩‍👩‍👧', 'é', '\u00ad\u200b\ufeff'])('%j can be stored', (text) => {
    expect(unstorableIn(text)).toBeUndefined();
    expect(storable(text)).toBe(text);
  });

  test('a code keeps what 1C has; a line break would not come back through XML', () => {
    expect(codeSchema.parse('АБ 12\u00ad')).toBe('АБ 12\u00ad');
    for (const broken of ['1\r2', '1\t2', '1\u00852']) expect(codeSchema.safeParse(broken).success).toBe(false);
  });

  test('whatever is read from JSON becomes storable, and what is storable stays', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const clean = storableValue(value);
        expect(unstorableIn(JSON.stringify(clean).replaceAll('\\u0000', '\0'))).toBeUndefined();
        expect(storableValue(clean)).toEqual(clean);
      }),
    );
    expect(storableValue({ 'a\0': ['\ud800', 1, null, { b: 'ж' }] })).toEqual({
      'a\ufffd': ['\ufffd', 1, null, { b: 'ж' }],
    });
  });
});

describe('a text as a person sees it', () => {
  test.each([
    '\u00ad',
    '\u200b',
    '\u200c',
    '\u200d',
    '\ufeff',
    '\u2060',
    '\u200e',
    '\u200f',
    '\u202a',
    '\u2066',
    '\u061c',
    '\u180e',
    '\u034f',
    '\ufe0f',
    '\u{e0001}',
    '\u0080',
  ])('nothing is left of %j, and no space in its place', (mark) =>
    expect(tidyText(`${mark}И${mark}ван${mark}`)).toBe('Иван'),
  );

  test.each(['\u00a0', '\u202f', '\u2003', '\u3000', '\t', '\r\n', '\u2028', '\u0085', ' \u200b ', '\u3164', '\u2800'])(
    '%j is one space',
    (blank) => expect(tidyText(`${blank}Ван${blank}${blank}Дейк${blank}`)).toBe('Ван Дейк'),
  );

  test.each(['', ' ', '\u3164', '\u2800\u00a0', '\u115f\u1160\uffa0', '\u200b', '\ufeff\u00ad'])(
    '%j shows nothing',
    (text) => expect(tidyText(text)).toBe(''),
  );

  test('letters are composed, and what shows stays', () => {
    expect(tidyText('Йог'.normalize('NFD'))).toBe('Йог');
    for (const text of ['O’Нил', 'Мамин-Сибиряк', '李明', 'Әхмәт', '😀']) expect(tidyText(text)).toBe(text);
  });

  test('twice is as once', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tidy = tidyText(text);
        expect(tidyText(tidy)).toBe(tidy);
        expect(tidy).toBe(tidy.trim());
      }),
    ));
});
