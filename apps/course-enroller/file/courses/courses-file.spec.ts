import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynchronizationError } from '#contracts';
import { CoursesFile, coursesOf } from './courses-file.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-courses-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a line is number and idnumber; headings, empty lines and remarks are passed over', () => {
  const text = [
    ...['id,idnumber', '17,CRS-001', '18,"ЛИН, АЛГ"', '', '# a remark', '19,"a ""b"""', ' 20 , x ', '17,CRS-001'],
  ].join('\r\n');
  expect(coursesOf(text)).toEqual({
    courses: new Map([
      [17, 'CRS-001'],
      [18, 'ЛИН, АЛГ'],
      [19, 'a "b"'],
      [20, 'x'],
    ]),
    faulty: [],
  });
});

test.each([
  ['a semicolon', '17;a, b\n'],
  ['a tab', '17\ta, b\n'],
])('%s parts them, too', (_, text) => expect(coursesOf(text).courses).toEqual(new Map([[17, 'a, b']])));

test.each([
  ['no idnumber', '17,'],
  ['no number', 'x,CRS'],
  ['what the importer cannot read', '17,A&B'],
  ['longer than Moodle holds', `17,${'x'.repeat(101)}`],
  ['another idnumber for the same course', '17,two'],
])('%s is named by its line', (_, line) => {
  expect(coursesOf(`17,one\n${line}`).faulty).toEqual([2]);
});

test('without a table the number is the idnumber', () => {
  expect(new CoursesFile(undefined).read().idnumberOf(17)).toBe('17');
});

test('the table is read anew when it has changed; what is wrong with it is a wrong setting', () => {
  const path = join(folder, 'courses.csv');
  const courses = new CoursesFile(path);
  const failure = (): unknown => {
    try {
      courses.read();
    } catch (error) {
      return (error as SynchronizationError).failure;
    }
    return undefined;
  };
  expect(failure()).toMatchObject({ kind: 'configuration', cause: 'courses-file' });
  writeFileSync(path, '17,one\n');
  const first = courses.read();
  expect([first.idnumberOf(17), first.idnumberOf(18)]).toEqual(['one', undefined]);
  expect(courses.read().version).toBe(first.version);
  writeFileSync(path, '17,two\n');
  utimesSync(path, 2_000_000_000, 2_000_000_000);
  expect(courses.read().idnumberOf(17)).toBe('two');
  writeFileSync(path, '17,two\n18\n');
  expect(failure()).toMatchObject({ kind: 'configuration', reason: { en: expect.stringMatching(/: 2$/) } });
});
