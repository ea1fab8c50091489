import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultErrorCodePattern } from '#platform';
import { readElement } from './element.js';
import { readBindings, readErrors, readRefused } from './lists.js';
import { PageReader, readStudents } from './page.js';

const reading = { rename: {}, errorCodePattern: defaultErrorCodePattern };
const good = {
  ...{ code: '000012345', lastname: 'Иванов', firstname: 'Пётр', middlename: 'Сергеевич', group: 'М3О-101Б-24' },
  ...{ semester: 1, year: 2024, field: '01.03.02', profile: 'Математика & информатика', mode: 'Очная', site: 'Москва' },
  ...{ curriculum: '000000321', courses: [17, 42] },
};

describe('an element of GetStudents', () => {
  test('a whole one', () => {
    expect(readElement(good, reading)).toEqual({ kind: 'student', student: good });
    expect(readElement({ ...good, individual: 'и1', bindingSequence: 5, more: 1 }, reading)).toEqual({
      kind: 'student',
      student: { ...good, individual: 'и1', bindingSequence: 5 },
    });
  });

  test('no individual is named by null, a number or blanks', () => {
    for (const individual of [null, 5, ' '])
      expect(readElement({ ...good, individual }, reading)).toEqual({ kind: 'student', student: good });
  });

  test('a foreign name that the element does not know leaves our own', () => {
    expect(readElement(good, { ...reading, rename: { code: 'Код' } })).toEqual({ kind: 'student', student: good });
  });

  test('an error pattern may find no code where it fits', () => {
    const element = { error: 'Код студента: нет' };
    expect(readElement(element, { ...reading, errorCodePattern: 'студента: (\\d+)?' })).toEqual({
      kind: 'error',
      text: element.error,
    });
  });

  test('what 1C’s formatting does is undone: no-break spaces in numbers, padding, nulls', () => {
    const spoilt = {
      ...good,
      code: ' 000012345  ',
      semester: '1',
      year: '2\u00A0024',
      courses: ['1\u00A0017', 42, '42', 0],
      middlename: null,
      group: 101,
      individual: '',
    };
    expect(readElement(spoilt, reading)).toEqual({
      kind: 'student',
      student: { ...good, middlename: '', group: '101', courses: [1017, 42] },
    });
  });

  test.each<[string, unknown, string | undefined]>([
    ['no object', 'x', undefined],
    ['null', null, undefined],
    ['a list', [good], undefined],
    ['a code that is a number has lost its zeros', { ...good, code: 12345 }, undefined],
    ['a code with #', { ...good, code: '1#2' }, undefined],
    ['no code', { ...good, code: undefined }, undefined],
    ['no courses', { ...good, courses: undefined }, good.code],
    ['a negative course', { ...good, courses: [-1] }, good.code],
    ['a semester in words', { ...good, semester: 'первый' }, good.code],
    ['no group', { ...good, group: '' }, good.code],
  ])('broken: %s', (_, raw, code) => {
    const element = readElement(raw, reading);
    expect(element).toMatchObject({ kind: 'broken', problems: [expect.any(String)] });
    expect((element as { code?: string }).code).toBe(code);
    expect(JSON.stringify(element)).not.toMatch(/Иванов|Пётр/);
  });

  test.each([
    ['Не найден учебный план для группы студента. Код студента: 000012346', '000012346'],
    ['Group Error: нет профиля. Код студента: ЦБ-000123.', 'ЦБ-000123'],
    ['ES Error, student code 42; see 1C', '42'],
    ['Ошибка у студента 42', undefined],
    ['Group Error. Код студента: АБ 12.', 'АБ 12'],
    ['Код студента: АБ\u00A012; нет группы', 'АБ\u00A012'],
    ['Код студента:\u00A012\u202F345\u00A0789', '12\u202F345\u00A0789'],
    ['Код студента 000012346 в группе 5', '000012346'],
    ['Код студента: 000012346 М3О-101Б-24', '000012346'],
    ['Код студента: не указан', 'не'],
  ])('an error: %s', (text, code) => {
    expect(readElement({ error: text }, reading)).toEqual({ kind: 'error', text, ...(code && { code }) });
  });

  test.each(['lastname', 'firstname', 'middlename', 'group', 'profile', 'curriculum', 'individual'])(
    'what no database holds in %s is named in kind, and every field is looked at',
    (field) => {
      const element = readElement({ ...good, [field]: 'Ива\u0000нов', site: '\ud800' }, reading);
      expect(element).toEqual({
        kind: 'broken',
        code: good.code,
        problems: expect.arrayContaining([
          `${field}: holds a NUL character (U+0000)`,
          'site: holds half a surrogate pair (U+D800)',
        ]),
        characters: expect.arrayContaining([
          { field, character: { ru: 'нулевой символ (U+0000)', en: 'a NUL character (U+0000)' } },
        ]),
      });
      expect(readElement({ ...good, [field]: '\u0007', semester: 'x' }, reading)).not.toHaveProperty('characters');
    },
  );

  test('a code with such a character is broken, and names nobody', () => {
    expect(readElement({ ...good, code: '1\u00002' }, reading)).toEqual({
      kind: 'broken',
      problems: [expect.any(String)],
    });
    expect(readElement({ error: 'Код студента: 1\u00002' }, reading)).toEqual({
      kind: 'error',
      text: 'Код студента: 1\uFFFD2',
    });
  });

  test('texts are as a person sees them, codes to the letter', () => {
    const strange = { ...good, code: '1\u00AD2', curriculum: 'у\u200Bп', individual: 'и\u00AD1' };
    const read = readElement(
      { ...strange, lastname: 'И\u00ADванов', group: 'М\u00A0\u202F 1', site: '\u3164' },
      reading,
    );
    expect(read).toMatchObject({ student: { ...strange, lastname: 'Иванов', group: 'М 1', site: '' } });
    expect(readElement({ ...good, group: '\u200B\u2800' }, reading)).toMatchObject({ kind: 'broken' });
  });

  test('what pads a text is no part of it', () => {
    const padded = { ...good, curriculum: ' 000000321 ', individual: '  и1 ' };
    expect(readElement(padded, reading)).toEqual({ kind: 'student', student: { ...good, individual: 'и1' } });
    expect(readElement({ ...padded, individual: '  ' }, reading)).toEqual({ kind: 'student', student: good });
    expect(readElement({ error: '  Код студента:  7 \n' }, { ...reading, errorCodePattern: 'студента:(.*)' })).toEqual({
      kind: 'error',
      text: 'Код студента:  7',
      code: '7',
    });
    expect(readElement({ ...good, code: ' 7 ', semester: '1a' }, reading)).toEqual({
      kind: 'broken',
      code: '7',
      problems: ['semester: must be a whole number'],
    });
    // No text of 1C's at all: the element is a student's.
    for (const error of [' ', 5, null])
      expect(readElement({ ...good, error }, reading)).toEqual({ kind: 'student', student: good });
  });

  test('no more is said than a person reads: what is wrong, field by field', () => {
    const wrong = Object.fromEntries(Object.keys(good).map((field) => [field, true]));
    const element = readElement(wrong, reading);
    expect(element).toMatchObject({ problems: expect.arrayContaining(['lastname: must be text']) as unknown });
    expect(element).toHaveProperty('problems.length', 10);
    expect(readElement({ ...good, semester: 'x1', year: '1x' }, reading)).toMatchObject({
      problems: ['semester: must be a whole number', 'year: must be a whole number'],
    });
  });

  test('a foreign 1C has other names', () => {
    const { lastname, code, ...rest } = good;
    const foreign = { ...rest, Фамилия: lastname, КодСтудента: code };
    expect(readElement(foreign, { ...reading, rename: { lastname: 'Фамилия', code: 'КодСтудента' } })).toEqual({
      kind: 'student',
      student: good,
    });
    expect(readElement({ Ошибка: 'Код студента: 7' }, { ...reading, rename: { error: 'Ошибка' } })).toMatchObject({
      kind: 'error',
      code: '7',
    });
  });

  test('whatever an element is, the page is read and the good ones stay', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (others) => {
        const page = readStudents(`\uFEFF${JSON.stringify([...others, good])}`, reading);
        expect(page).toHaveLength(others.length + 1);
        expect(page.at(-1)).toEqual({ kind: 'student', student: good });
      }),
    );
  });

  test.each(['', ' ', 'null', '{}', '"[]"', '17'])('%j is no page', (text) => {
    expect(() => readStudents(text, reading)).toThrow(expect.objectContaining({ name: 'ProtocolError' }));
  });

  test('page after page: what has not changed is the same object, and reads as if it were alone', () => {
    const some = fc.array(fc.oneof(fc.constant(good), fc.constant({ ...good, semester: 2 }), fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 4 }), (pages) => {
        const reader = new PageReader(reading);
        let before: [string, unknown][] = [];
        for (const page of pages) {
          const read = reader.read(JSON.stringify(page)).elements;
          expect(read).toEqual(readStudents(JSON.stringify(page), reading));
          const raw = page.map((element) => JSON.stringify(element));
          for (const [text, element] of before) if (raw.includes(text)) expect(read).toContain(element);
          before = raw.map((text, index) => [text, read[index]]);
        }
      }),
    );
  });

  test('an empty page is nobody, whatever breaks its lines', () => expect(readStudents('[\r\n]', reading)).toEqual([]));
});

test.each<[string, unknown, number[] | string]>([
  ['null', null, []],
  ['an empty string', '', []],
  ['a blank one', ' \u00A0', []],
  ['nothing bound', [], []],
  ['no such field', undefined, 'courses: must be an array of course ids'],
  ['a text', '1, 2', 'courses: must be an array of course ids'],
])('courses of a foreign 1C: %s', (_, courses, expected) => {
  const element = readElement({ ...good, courses }, reading);
  if (typeof expected === 'string')
    expect(element).toMatchObject({ kind: 'broken', problems: [expected], code: good.code });
  else expect(element).toMatchObject({ kind: 'student', student: { courses: expected } });
});

test('errors told again keep their contract to the letter', () => {
  const found = { code: '000000001', error: 'Status Error', sequence: 1_760_000_000_000 };
  expect(readErrors(JSON.stringify([found]))).toEqual([found]);
  expect(() => readErrors(JSON.stringify([{ ...found, code: 'a,b' }]))).toThrow('ErrorsSince');
});

test('bindings keep their contract to the letter', () => {
  const change = { curriculum: 'п', semester: 1, courses: [2], sequence: 1_760_000_000_000 };
  expect(readBindings(JSON.stringify([change]))).toEqual([change]);
  expect(() => readBindings(JSON.stringify([{ ...change, courses: [0] }]))).toThrow(/BindingsSince: 0\.courses\.0: \w/);
  expect(() => readBindings(JSON.stringify([{ ...change, curriculum: '' }]))).toThrow('0.curriculum');
  expect(readBindings(JSON.stringify([{ ...change, curriculum: 'план' }]))).toMatchObject([{ curriculum: 'план' }]);
});

test.each<[string, unknown]>([
  ['true', []],
  ['', []],
  ['Истина', []],
  ['false', undefined],
  ['Ложь', undefined],
  ['false, but taken', []],
  ['not false', []],
  ['{"refused":"nobody"}', []],
  ['{"refused":[{"pair":"1#2","reason":"no such student"}]}', [{ pair: '1#2', reason: 'no such student' }]],
])('a flag’s result %j', (text, refused) => expect(readRefused(text)).toEqual(refused));
