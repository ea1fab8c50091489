import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPage } from './page.js';

const reading = {
  rename: {},
  errorCodePattern: '(?:Код студента|student code)\\s*:?\\s*(\\S+?)[.,;]?(?:\\s|$)',
};
const student = (code: string, lastname = 'Иванов') => ({
  ...{ code, lastname, firstname: 'Иван', middlename: '', group: 'М3О-101Б-24', semester: 1, year: 2024 },
  ...{ field: '01.03.02', profile: 'Математика', mode: 'Очная', site: 'Москва', curriculum: '000000321' },
  courses: [17, 42],
});
/** As 1C's own modules join it: a line for each member, nothing escaped. */
const joined = (one: Record<string, unknown>): string =>
  `{\r\n${Object.entries(one)
    .map(([name, value]) => `"${name}": ${typeof value === 'string' ? `"${value}"` : JSON.stringify(value)}`)
    .join(',\r\n')}\r\n}`;
const page = (...records: string[]): string => `[\r\n${records.join(',\r\n')}\r\n]`;
const [before, after] = [joined(student('000000001')), joined(student('000000003'))];
const around = (broken: string) => {
  const read = readPage(page(before, broken, after), reading);
  const [first, second, third, ...more] = read.elements;
  expect(more).toEqual([]);
  expect(first).toMatchObject({ kind: 'student', student: student('000000001') });
  expect(third).toMatchObject({ kind: 'student', student: student('000000003') });
  return { element: second, byRecord: read.byRecord };
};

describe('a page that is no JSON for one record', () => {
  test.each([
    ['a tab', 'Ива\tнов', 'Ива нов'],
    ['a line feed', 'Ива\nнов', 'Ива нов'],
    ['a carriage return and a line feed', 'Иванов\r\n', 'Иванов'],
  ])('%s means a space: the record is read as well', (_, lastname, meant) => {
    const { element, byRecord } = around(joined(student('000000002', lastname)));
    expect(element).toMatchObject({ kind: 'student', student: { code: '000000002', lastname: meant } });
    expect(byRecord).toMatchObject({ records: 3, broken: [] });
  });

  test('a comma too many means nothing', () => {
    const { element } = around(joined(student('000000002')).replace(/\r\n\}$/, ',\r\n}'));
    expect(element).toMatchObject({ kind: 'student', student: student('000000002') });
    for (const text of [`[${before},${after},]`, `[${before},,${after}]`, `[${before}${after}]`, `[${before},${after}`])
      expect(readPage(text, reading).elements.map(({ kind }) => kind)).toEqual(['student', 'student']);
  });

  test('a comment is none of JSON: what was meant is not certain', () => {
    const { element } = around(joined(student('000000002')).replace('"year"', '/* the first */ "year"'));
    expect(element).toMatchObject({ kind: 'broken', code: '000000002' });
  });

  test.each([
    ['a quote', 'О"Нил'],
    ['a word in quotes', 'Иванов "Ваня" мл.'],
    ['a backslash', 'Ива\\нов\\'],
    ['a backslash before a letter', 'Ива\\щов'],
    ['a quote and a comma', 'Ива", "нов'],
    ['a quote and a brace', 'Ива"}'],
  ])('%s: the record fails by its code, the others go on', (_, lastname) => {
    const { element, byRecord } = around(joined(student('000000002', lastname)));
    expect(element).toMatchObject({ kind: 'broken', code: '000000002', problems: [expect.stringMatching(/line 3/)] });
    expect(JSON.stringify(element)).not.toMatch(/Ив|Нил/);
    expect(byRecord).toMatchObject({ line: 19, records: 3, broken: ['000000002'] });
  });

  test('where the code is not certain the record is told by its place', () => {
    for (const code of ['00"02', '00\t02"', '1","code": "2']) {
      const { element } = around(joined(student(code, 'О"Нил')));
      expect(element).toMatchObject({ kind: 'broken', problems: [expect.stringMatching(/^line 1[89], column \d+: /)] });
      expect(element).not.toHaveProperty('code');
    }
  });

  test('the same record is told in the same words, wherever in the page it stands', () => {
    const broken = joined(student('000000002', 'О"Нил'));
    const [one] = readPage(page(broken, before), reading).elements;
    const [, , other] = readPage(page(before, after, broken), reading).elements;
    expect(other).toEqual(one);
  });

  test('two records alike, of nobody knows whom, have each their own place', () => {
    const broken = joined(student('00"02', 'О"Нил'));
    const { byRecord } = readPage(page(before, broken, broken), reading);
    expect(byRecord!.broken).toHaveLength(2);
    expect(new Set(byRecord!.broken).size).toBe(2);
  });

  test('a code is told without the blanks that pad it, and is enough by itself', () => {
    const read = readPage(page(joined(student(' 000000002 ', 'О"Нил'))), reading);
    expect(read).toMatchObject({ elements: [{ kind: 'broken', code: '000000002' }], byRecord: { records: 1 } });
  });

  test.each([
    '{\r\n"error": "Group Error: группа "М-1" не найдена. Код студента: 000000002"\r\n}',
    '{"error":"Group Error: группа "М-1" не найдена. Код студента: 000000002"}',
    '{ "error" : "Group Error: группа "М-1" не найдена. Код студента: 000000002" , }',
    '{"error": "Group Error: группа \\u0022М-1\\u0022 не найдена. Код студента: 000000002"}',
  ])('what 1C found faulty itself is said once: its text is not lost for a quote: %s', (record) => {
    const { elements } = readPage(page(before, record, joined(student('000000003', 'О"Нил'))), reading);
    expect(elements[1]).toMatchObject({ kind: 'error', code: '000000002', text: expect.stringMatching(/"М-1"/) });
  });

  test.each(['", "code": "', '","code":"', '" , "code" : "'])(
    'a text in which another field may begin (%s) is not taken for one text',
    (between) => {
      const { element } = around(`{"error": "группа "М-1"${between}000000002"}`);
      expect(element).toMatchObject({ kind: 'broken', code: '000000002' });
    },
  );

  test('nor is one with something behind it', () => {
    const { elements } = readPage(page(before, '{"error": "группа "М-1". Код студента: 000000002"} x'), reading);
    expect(elements[1]).toMatchObject({ kind: 'broken' });
  });
});

test.each([
  ['an exception in place of a list', 'Ошибка при вызове метода', 1, 1],
  ['a list of something else', '[\n1,\n2 3]', 3, 3],
  ['a record that cannot be read at all', '[{"a": "b"c"}]', 1, 11],
  ['a list with a comma too many', '[1,]', 1, 4],
  ['a list behind other words', `Ошибка[${before},${after}]`, 1, 1],
  ['a list that begins otherwise', `[1, {"code": "000000002", "lastname": "О"Нил"}]`, 1, 42],
  ['nesting without end', `[{"a":${'['.repeat(100_000)}`, 1, 1],
])('%s: a wrong setting, with line and column', (_, text, line, column) => {
  expect(() => readPage(text, reading)).toThrow(
    expect.objectContaining({
      name: 'NotJsonError',
      place: { line, column },
      failure: expect.objectContaining({ kind: 'configuration', cause: 'onec-no-json' }),
    }),
  );
});

test('whatever stands unescaped in one name: the others are read, and nobody takes another value', () => {
  const piece = fc.constantFrom('Щ', '"', '\\', '\t', '\n', ',', '{', '}', '[', ']', ':', ' ', '"code"', '": "', '","');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const lastname = pieces.join('');
      const { elements } = readPage(page(before, joined(student('000000002', lastname)), after), reading);
      expect(elements[0]).toMatchObject({ student: student('000000001') });
      expect(elements.at(-1)).toMatchObject({ student: student('000000003') });
      for (const element of elements.slice(1, -1)) {
        if (element.kind !== 'student') continue;
        expect(element.student).toMatchObject({ ...student('000000002'), lastname: expect.anything() });
        // Letter by letter, but for blanks, and for what JSON itself writes by a backslash.
        if (!lastname.includes('\\') && !lastname.includes('"'))
          expect(element.student.lastname.replace(/\s/g, '')).toBe(lastname.replace(/\s/g, ''));
      }
    }),
    { numRuns: 500 },
  );
});
