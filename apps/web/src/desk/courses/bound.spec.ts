import { expect, test } from '@jest/globals';
import { lineWith } from '../form/sheet/testing.js';
import { boundCourses, fitting } from './bound.js';
import { CourseTitles } from './titles.js';

const discipline = (name: string) => ({ discipline: { kind: 'Discipline' as const, code: name, name } });
const lines = [
  lineWith({ course: 409, ...discipline('Физика') }),
  lineWith({ course: 409, ...discipline('Общая физика') }),
  lineWith({ course: 12, ...discipline('Учёт') }),
  lineWith({ course: 0, ...discipline('Химия') }),
];
const courses = boundCourses(lines, (id) => (id === 12 ? 'Бухгалтерский учёт' : undefined));

test('courses of the table are offered with what is bound to them', () => {
  expect(courses).toEqual([
    { id: 12, title: 'Бухгалтерский учёт', disciplines: ['Учёт'] },
    { id: 409, title: '', disciplines: ['Физика', 'Общая физика'] },
  ]);
});

test.each([
  ['физика', [409]],
  ['учет бух', [12]],
  ['4', [409]],
  ['09', []],
  ['', [12, 409]],
  ['химия', []],
])('"%s" finds %j', (text, ids) => {
  expect(fitting(courses, text).map(({ id }) => id)).toEqual(ids);
});

test('titles are asked for once and together; after a failure again', async () => {
  const asked: number[][] = [];
  let away = true;
  const titles = new CourseTitles(async (ids) => {
    asked.push(ids);
    if (away) throw new Error('away');
    return new Map(ids.map((id) => [id, `Курс ${id}`]));
  });
  const round = async (count: number) => {
    while (asked.length < count) await new Promise((done) => setTimeout(done, 5));
    await new Promise(setImmediate);
  };
  for (const id of [5, 0, 7, 5]) titles.want(id);
  await round(1);
  expect(asked).toEqual([[5, 7]]);
  away = false;
  titles.want(5);
  await round(2);
  titles.want(5);
  expect([titles.titleFor(5), titles.titleFor(7)]).toEqual(['Курс 5', undefined]);
  expect(asked).toEqual([[5, 7], [5]]);
});
