import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Line } from './lines.js';
import { enterCourse, enterCourses, mark, redo, sheetWith, undo, type Sheet } from './sheet.js';
import { lineWith } from './testing.js';

const sheetOf = (...courses: number[]): Sheet => sheetWith(courses.map((course) => lineWith({ course })));
const courses = ({ lines }: Sheet): number[] => lines.map(({ course }) => course);

describe('an edit', () => {
  test('of a line with Mult. is one of all that have it; of another line of that line alone', () => {
    const marked = mark(sheetOf(0, 1, 2, 3), [0, 2], true);
    expect(courses(enterCourse(marked, 2, 9))).toEqual([9, 1, 9, 3]);
    expect(courses(enterCourse(marked, 3, 9))).toEqual([0, 1, 2, 9]);
  });

  test('is a change only while it differs from what the register held', () => {
    const changed = enterCourse(sheetOf(5), 0, 7);
    expect(changed.lines[0]!.change).toBe(true);
    expect(enterCourse(changed, 0, 5).lines[0]!.change).toBe(false);
  });

  test('a pasted column lands in its own lines, with Mult. or without', () => {
    const marked = mark(sheetOf(0, 0, 0), [0, 2], true);
    expect(courses(enterCourses(marked, [[0, 4], [1, 5]]))).toEqual([4, 5, 0]); // prettier-ignore
  });

  test('nothing becomes a course that is none', () => {
    const sheet = sheetOf(1);
    for (const wrong of [-1, 1.5, 2_147_483_648, Number.NaN]) expect(enterCourse(sheet, 0, wrong)).toBe(sheet);
    expect(enterCourse(sheet, 7, 1)).toBe(sheet);
  });
});

type Deed =
  | { kind: 'enter'; place: number; course: number }
  | { kind: 'paste'; place: number; values: number[] }
  | { kind: 'mark'; places: number[]; several: boolean };

const place = fc.nat(11);
const course = fc.nat(4);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('enter' as const), place, course }),
  fc.record({ kind: fc.constant('paste' as const), place, values: fc.array(course, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('mark' as const), places: fc.array(place), several: fc.boolean() }),
);

function doing(sheet: Sheet, one: Deed): Sheet {
  if (one.kind === 'enter') return enterCourse(sheet, one.place, one.course);
  if (one.kind === 'mark') return mark(sheet, one.places, one.several);
  return enterCourses(
    sheet,
    one.values.map((value, index) => [one.place + index, value]),
  );
}

describe('for all that a person may do', () => {
  const stood = (lines: readonly Line[]) => lines.map(({ course, several, change }) => ({ course, several, change }));
  const start = fc.array(course, { minLength: 1, maxLength: 10 }).map((each) => sheetOf(...each));

  test('taking everything back is as if nothing had been done, and doing it again is as if nothing had been taken back', () =>
    fc.assert(
      fc.property(start, fc.array(deed, { maxLength: 30 }), (begun, deeds) => {
        const ended = deeds.reduce(doing, begun);
        let back = ended;
        while (back.past.length > 0) back = undo(back);
        expect(stood(back.lines)).toEqual(stood(begun.lines));
        while (back.future.length > 0) back = redo(back);
        expect(stood(back.lines)).toEqual(stood(ended.lines));
      }),
    ));

  test('a line is a change exactly when its course is another than the register held', () =>
    fc.assert(
      fc.property(start, fc.array(deed, { maxLength: 30 }), (begun, deeds) => {
        for (const line of deeds.reduce(doing, begun).lines)
          expect(line.change).toBe(line.course !== line.shown!.course);
      }),
    ));

  test('a line that no deed touched is the same line: it is not drawn again', () =>
    fc.assert(
      fc.property(start, fc.array(deed, { maxLength: 10 }), (begun, deeds) => {
        const ended = deeds.reduce(doing, begun);
        const touched = new Set(ended.past.flatMap(({ after }) => [...after.keys()]));
        ended.lines.forEach((line, index) => {
          if (!touched.has(index)) expect(line).toBe(begun.lines[index]);
        });
      }),
    ));
});
