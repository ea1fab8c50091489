import { describe, expect, test } from '@jest/globals';
import { processorTime } from '#platform/testing';
import { likeness } from './likeness.js';
import { suggest, type KnownBinding } from './suggestions.js';

const binding = (courseId: number, more: Partial<KnownBinding> = {}): KnownBinding => ({
  ...{ curriculum: 'план', department: '801', disciplineKind: 'Discipline' as const, discipline: 'д1', semester: 3 },
  ...{ title: 'Физика', programme: 'ПМИ', year: 2025, courseId },
  ...more,
});
const empty = binding(0);
const first = (bound: KnownBinding[]) => suggest([empty], bound)[0]?.suggestions ?? [];

describe('a course is suggested', () => {
  test('first as the latest earlier year of the programme has it in this semester', () => {
    const bound = [
      ...['а', 'б', 'в'].map((curriculum) => binding(9, { curriculum, programme: 'другая' })),
      binding(5, { curriculum: 'п23', year: 2023 }),
      binding(6, { curriculum: 'п24', year: 2024 }),
      binding(8, { curriculum: 'п24', year: 2024, semester: 4 }),
    ];
    expect(first(bound)).toEqual([
      { courseId: 6, why: { reason: 'earlier-year', curriculum: 'п24', year: 2024 } },
      { courseId: 9, why: { reason: 'same-discipline', curricula: 3, sameSemester: true } },
      { courseId: 5, why: { reason: 'same-discipline', curricula: 1, sameSemester: true } },
    ]);
  });

  test('as the same discipline has it elsewhere: this semester first, then the most used', () => {
    const bound = [
      ...['а', 'б'].map((curriculum) => binding(1, { curriculum, semester: 4, programme: null })),
      binding(2, { curriculum: 'в', programme: null }),
    ];
    expect(first(bound).map(({ courseId }) => courseId)).toEqual([2, 1]);
  });

  test('by a title alike only where the discipline itself is bound nowhere', () => {
    const other = { discipline: 'д7', programme: null };
    expect(first([binding(4, { ...other, title: 'физика.' })])).toMatchObject([
      { courseId: 4, why: { reason: 'similar-title', title: 'физика.', likeness: 100 } },
    ]);
    expect(first([binding(4, { ...other, title: 'Физическая культура' })])).toEqual([]);
    expect(first([binding(4, { ...other, title: 'Физика' }), binding(5, { year: 2024 })])).toHaveLength(1);
  });

  test('to lines that have one; the others are left out', () => {
    expect(suggest([empty, binding(0, { discipline: 'д9', title: 'Химия' })], [binding(5)])).toHaveLength(1);
  });
});

test.each([
  ['Математический анализ', 'Анализ математический', 100],
  ['Учёт и аудит', 'Учет и аудит', 100],
  ['Физика 1', 'Физика 2', 0],
  ['Физика I', 'Физика II', 0],
])('%s and %s are alike by %d', (one, other, much) => {
  expect(likeness(one, other)).toBe(much);
});

test('5,000 lines of 600 disciplines take no second', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) =>
    binding(index % 3, {
      ...{ curriculum: `п${index % 200}`, discipline: `д${index % 1200}`, semester: index % 8 },
      ...{ title: `Математические основы предмета номер ${'абвгдежзик'[index % 10]}${index % 600}`, programme: null },
    }),
  );
  const [empty, filled] = [0, 1].map((which) => lines.filter(({ courseId }) => Number(courseId !== 0) === which));
  expect(processorTime(() => suggest(empty!, filled!))).toBeLessThan(2_000);
});
