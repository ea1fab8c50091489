import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Changes } from './changes.js';
import { expectedIn } from './expected.js';
import { generateUniversity } from './generate.js';
import type { University } from './university.js';

const make = (students: number, seed: number, more = {}) =>
  generateUniversity({
    students,
    seed,
    systems: ['LMS', 'СДО'],
    courses: 40,
    faulty: 0.08,
    today: new Date('2025-10-15T12:00:00Z'),
    ...more,
  });
const now = '2025-10-15T15:00:00';

test('the same seed gives the same university, another seed another', () => {
  expect(make(100, 3)).toEqual(make(100, 3));
  expect(make(100, 4)).not.toEqual(make(100, 3));
});

test('any university is whole on any day: nothing dated ahead, no document twice', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 150 }),
      fc.nat(),
      fc.date({ min: new Date('2023-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (students, seed, today) => {
        const university = make(students, seed, { today });
        const ids = university.toolkit.documents.map((document) => document.id);
        expect(new Set(ids).size).toBe(ids.length);
        const moment = today.toISOString().slice(0, 19);
        expect(university.statuses.every((status) => status.period <= moment)).toBe(true);
        expect(university.toolkit.documents.every((document) => document.date <= moment)).toBe(true);
      },
    ),
    {
      numRuns: 40,
      examples: [
        [1, 0, new Date('2029-02-01')],
        [1, 0, new Date('2029-02-07')],
        [1, 0, new Date('2028-02-29')],
      ],
    },
  );
});

test('people have the names that people have', () => {
  const { names, students } = make(3000, 1);
  const some = (test: (name: University['names'][number]) => boolean) => names.filter(test).length;
  expect(some((name) => /ё/i.test(name.lastname))).toBeGreaterThan(50);
  expect(some((name) => name.lastname.includes('-'))).toBeGreaterThan(5);
  expect(some((name) => name.firstname.includes('-'))).toBeGreaterThan(5);
  expect(some((name) => name.middlename === '')).toBeGreaterThan(20);
  const full = names.map((name) => `${name.lastname} ${name.firstname} ${name.middlename}`);
  expect(new Set(full).size).toBeLessThan(full.length);
  expect(new Set(students.map((student) => student.individual)).size).toBeLessThan(students.length);
  for (const name of names) if (/(вна)$/.test(name.middlename)) expect(name.lastname).not.toMatch(/(ов|ев|ёв|ин)$/);
});

test('students of every kind: those who study, who left, and each of the four faults', () => {
  const university = make(2000, 9);
  const expected = [...expectedIn(university, 'LMS', now).values()];
  const faults = expected.flatMap((one) => (one.kind === 'fault' ? [one.fault] : []));
  expect(new Set(faults)).toEqual(new Set(['Status Error', 'Group Error', 'ES Error', 'Individual Error']));
  expect(expected.length).toBeLessThan(1990);
  expect(expected.length).toBeGreaterThan(1700);
  const students = expected.flatMap((one) => (one.kind === 'student' ? [one] : []));
  expect(students.filter((one) => one.courses.length >= 4).length).toBeGreaterThan(students.length * 0.8);
  for (const one of students) for (const id of one.courses) expect(id >= 2 && id <= 41).toBe(true);
});

describe('changes', () => {
  const university = make(60, 2);
  const changes = new Changes(university, 2, 'Europe/Moscow');
  const late = '2999-01-01T00:00:00';
  const look = (code: string) => expectedIn(university, 'LMS', late).get(code);
  const [student] = [...expectedIn(university, 'LMS', late)].flatMap(([code, one]) =>
    one.kind === 'student' ? [code] : [],
  );
  const code = student as string;

  test('move, rename, expel, restore, admit, bind', () => {
    const before = look(code) as { group: string; curriculum: string; semester: number; courses: number[] };
    const other = university.groups.find((group) => group.name !== before.group && group.profile)!;
    changes.moveToGroup(code, other.code);
    expect(look(code)).toMatchObject({ group: other.name });
    changes.rename(code, { lastname: 'Ёжикова-Ли' });
    expect(look(code)).toMatchObject({ lastname: 'Ёжикова-Ли' });
    changes.expel(code);
    expect(look(code)).toBeUndefined();
    changes.restore(code);
    expect(look(code)).toMatchObject({ group: other.name, lastname: 'Ёжикова-Ли' });
    const [fresh] = changes.admit(3, university.groups[0]!.code);
    expect(look(fresh as string)).toMatchObject({ kind: 'student', semester: 1 });
    const { curriculum, semester } = look(code) as typeof before;
    const line = university.curricula
      .find((one) => one.code === curriculum)!
      .lines.find((one) => one.semester === semester)!;
    const bind = (courseId: number) =>
      changes.bind({
        system: 'LMS',
        curriculum,
        semester,
        discipline: line.discipline,
        disciplineKind: line.disciplineKind,
        courseId,
      });
    bind(7777);
    expect((look(code) as typeof before).courses).toContain(7777);
    bind(0);
    expect((look(code) as typeof before).courses).not.toContain(7777);
  });
});
