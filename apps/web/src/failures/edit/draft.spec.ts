import { expect, test } from '@jest/globals';
import { courseOf, editsOf, entered, nameOf, partsOf, type Field } from './draft.js';

const zone = 'Europe/Moscow';
const noon = Date.parse('2026-11-26T12:00:00+03:00') / 1_000;
const fields: Field[] = [
  { path: 'person.lastname', type: 'text', value: 'Ёлкина', optional: false },
  { path: 'study.group', type: 'text', value: null, optional: true },
  { path: 'courses.0.id', type: 'number', value: 17, optional: false },
  { path: 'courses.0.begin', type: 'moment', value: noon + 7, optional: true },
  { path: 'courses.1.id', type: 'number', value: 18, optional: false },
];

test('a moment is entered by the university’s clocks', () => {
  expect(entered(fields[3]!, zone)).toBe('2026-11-26T12:00');
  expect(entered(fields[1]!, zone)).toBe('');
});

test('only what differs is an edit: opened and left, or put back, it is none', () => {
  expect(editsOf(fields, {}, zone)).toEqual([]);
  const same = { 'person.lastname': 'Ёлкина', 'study.group': '', 'courses.0.id': '17' };
  // its seconds are not shown, and not lost either
  expect(editsOf(fields, { ...same, 'courses.0.begin': '2026-11-26T12:00' }, zone)).toEqual([]);
});

test('what is entered goes in the kind of its field; what is none goes as it is', () => {
  const edits = (path: string, text: string) => editsOf(fields, { [path]: text }, zone);
  expect(edits('courses.0.id', ' 18 ')).toEqual([{ path: 'courses.0.id', value: 18 }]);
  expect(edits('courses.0.id', '')).toEqual([{ path: 'courses.0.id', value: null }]);
  expect(edits('courses.0.id', '18a')).toEqual([{ path: 'courses.0.id', value: '18a' }]);
  expect(edits('courses.0.begin', '2026-11-26T13:00')).toEqual([{ path: 'courses.0.begin', value: noon + 3_600 }]);
  expect(edits('courses.0.begin', '')).toEqual([{ path: 'courses.0.begin', value: null }]);
  expect(edits('study.group', 'М1')).toEqual([{ path: 'study.group', value: 'М1' }]);
});

test('fields stand in parts: the person, then each course', () => {
  expect(partsOf(fields).map(({ course, fields: { length } }) => [course, length])).toEqual([
    [undefined, 2],
    [0, 2],
    [1, 1],
  ]);
  expect([courseOf('courses'), courseOf('courses.12'), courseOf('person.group')]).toEqual([undefined, 12, undefined]);
  expect([nameOf('study.group'), nameOf('courses.3.group'), nameOf('courses.3.what')]).toEqual([
    ...['group', 'courseGroup', undefined],
  ]);
});
