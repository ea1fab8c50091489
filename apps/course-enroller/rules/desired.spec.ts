import fc from 'fast-check';
import type { Course } from '#contracts';
import { coursesOf, desiredOf } from './desired.js';
import { courseUnknown } from './failures.js';
import { bindingKey, type Binding, type Study } from '../intake/study.js';
import { study } from '../testing/studies.js';

const bound = (courses: number[], sequence: number): Map<string, Binding> => {
  const binding = { curriculum: 'C', semester: 1, courses, sequence };
  return new Map([[bindingKey(binding), binding]]);
};
const ids = (courses: Course[]) => courses.map((course) => course.id).sort();
const nobody = courseUnknown;

describe('what a study wants', () => {
  const own = study({
    courses: [
      { id: 1, role: 'teacher', begin: 10 },
      { id: 2, role: 'student' },
    ],
    bindingSequence: 5,
  });

  it('is its own courses as long as no binding change is newer than their reading', () => {
    expect(coursesOf(own, new Map(), 'student')).toEqual(own.courses);
    expect(coursesOf(own, bound([7], 4), 'student')).toEqual(own.courses);
    expect(coursesOf(own, bound([7], 5), 'student')).toEqual(own.courses);
  });

  it("is the newer binding's set, with the study's own word for role and dates", () => {
    expect(coursesOf(own, bound([7, 1, 7], 6), 'student')).toEqual([
      { id: 7, role: 'student' },
      { id: 1, role: 'teacher', begin: 10 },
    ]);
    expect(coursesOf(own, bound([], 6), 'student')).toEqual([]);
  });

  it('knows no bindings for IMS files, for a foreign 1C and for another semester', () => {
    for (const other of [{ origin: 'ims' as const }, { bindingSequence: undefined }, { semester: 2 }])
      expect(ids(coursesOf({ ...own, ...other }, bound([7], 6), 'student'))).toEqual([1, 2]);
  });

  it('is nothing once withdrawn', () => {
    expect(coursesOf({ ...own, active: false }, bound([7], 6), 'student')).toEqual([]);
  });
});

describe('what an account wants', () => {
  it('is one enrolment for a course wanted twice, open as long as any of them asks', () => {
    const { courses } = desiredOf(
      [
        study({ code: '2', group: 'G2', courses: [{ id: 1, role: 'student', begin: 5, end: 20 }] }),
        study({ code: '1', group: 'G1', courses: [{ idnumber: 'one', role: 'teacher', begin: 7, end: 90 }] }),
      ],
      new Map(),
      'student',
      () => 1,
    );
    expect([...courses.values()]).toEqual([
      { courseId: 1, roles: ['student', 'teacher'], begin: 5, end: 90, group: 'G1', codes: ['1', '2'] },
    ]);
  });

  it('does not let an unknown date hide a known one', () => {
    const both = [
      { id: 1, role: 'student' },
      { id: 1, role: 'student', begin: 3, end: 4 },
    ];
    const { courses } = desiredOf([study({ courses: both })], new Map(), 'student', nobody);
    expect(courses.get(1)).toMatchObject({ begin: 3, end: 4 });
  });

  it('of a file is the whole word: a day that is not told is none, and an end that never comes is the latest', () => {
    const file = (end?: number) => [{ idnumber: 'X', role: 'student', ...(end && { end }) }];
    const of = (...ends: (number | undefined)[]) =>
      desiredOf(
        ends.map((end, index) => study({ code: String(index), origin: 'ims', courses: file(end) })),
        new Map(),
        'student',
        () => 1,
      ).courses.get(1);
    expect(of(undefined)).toMatchObject({ begin: 0, end: 0 });
    expect(of(7, 9)).toMatchObject({ begin: 0, end: 9 });
    expect(of(7, undefined)).toMatchObject({ end: 0 });
  });

  it('has the group named for the course rather than the academic one, which it is told apart from', () => {
    const of = (...groups: (string | undefined)[]) =>
      desiredOf(
        [study({ group: 'A', courses: groups.map((group) => ({ id: 1, role: 'student', ...(group && { group }) })) })],
        new Map(),
        'student',
        nobody,
      ).courses.get(1);
    expect(of(undefined)).toMatchObject({ group: 'A' });
    expect(of(undefined)).not.toHaveProperty('groupGiven');
    expect(of(undefined, 'unit 2')).toMatchObject({ group: 'unit 2', groupGiven: true });
    expect(of('unit 2', 'unit 3', undefined)).toMatchObject({ group: 'unit 2', groupGiven: true });
  });

  it('names the course that Moodle does not know', () => {
    const course = { idnumber: 'X', role: 'student' };
    const { courses, unknown } = desiredOf([study({ code: '9', courses: [course] })], new Map(), 'student', nobody);
    expect([courses.size, unknown]).toEqual([0, [{ code: '9', idnumber: 'X', failure: courseUnknown('X') }]]);
  });

  it('is the union over its studies, whatever their order and whatever repeats', () => {
    const course = fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      role: fc.constantFrom('student', 'teacher'),
      begin: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    });
    const studies = fc.uniqueArray(
      fc.record({
        code: fc.constantFrom('1', '2', '3'),
        active: fc.boolean(),
        courses: fc.array(course, { maxLength: 5 }),
        bindingSequence: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      }),
      { selector: (each) => each.code, maxLength: 3 },
    );
    const binding = fc.record({
      courses: fc.array(fc.integer({ min: 1, max: 8 })),
      sequence: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(studies, binding, fc.boolean(), (parts, change, turn) => {
        const all: Study[] = parts.map((part) => study(part));
        const bindings = bound(change.courses, change.sequence);
        const expected = new Set<string>();
        for (const each of all) {
          if (!each.active) continue;
          const byBinding = each.bindingSequence !== undefined && each.bindingSequence < change.sequence;
          for (const { id, role } of each.courses)
            if (!byBinding || change.courses.includes(id!)) expected.add(`${id} ${role}`);
          const own = each.courses.map(({ id }) => id);
          if (byBinding) for (const id of change.courses) if (!own.includes(id)) expected.add(`${id} student`);
        }
        const once = desiredOf(all, bindings, 'student', nobody);
        const wanted = [...once.courses.values()].flatMap(({ courseId, roles }) =>
          roles.map((role) => `${courseId} ${role}`),
        );
        expect(wanted.sort()).toEqual([...expected].sort());
        const shuffled = all.map((each) => ({
          ...each,
          courses: turn ? [...each.courses, ...each.courses].reverse() : [...each.courses].reverse(),
        }));
        const again = desiredOf(turn ? shuffled.reverse() : shuffled, bindings, 'student', nobody);
        expect(new Map([...again.courses].sort())).toEqual(new Map([...once.courses].sort()));
      }),
    );
  });
});
