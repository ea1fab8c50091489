import { both, type Failure } from '#contracts';
import { wrongSettings } from '#moodle';
import { study } from '../testing/studies.js';
import { enrolmentsRefusedAlike } from './failures.js';
import { countsFor, failureFor, type AccountResult } from './verdict.js';

describe('the verdict on a study', () => {
  const failure = (kind: Failure['kind'], about: string): Failure => ({
    kind,
    cause: 'c',
    about,
    reason: both(`р${about}`, `r${about}`),
  });
  const wanted = (courseId: number, ...codes: string[]) => [courseId, { courseId, role: 'student', codes }] as const;
  const result = (refused: [number, Failure][]): AccountResult => ({
    desired: { courses: new Map([wanted(2, '1'), wanted(3, '2'), wanted(10, '1', '2'), wanted(11, '1')]), unknown: [] },
    changes: [
      { courseId: 2, to: { roleId: 5, begin: 0, end: 0, suspended: false }, kind: 'enrolled' },
      { courseId: 3, to: { roleId: 5, begin: 0, end: 0, suspended: false }, kind: 'enrolled' },
      { courseId: 99, to: { roleId: 5, begin: 0, end: 0, suspended: true }, kind: 'suspended' },
    ],
    done: new Set([2, 3, 99]),
    refused: new Map(refused),
    confirmed: new Set([11]),
    missing: false,
  });

  it("counts its own courses, not a sibling's; what nobody wants any more counts for all", () => {
    expect(countsFor(study({ code: '1', accountCreated: true }), result([]))).toEqual({
      accountCreated: true,
      enrolled: 2,
      updated: 0,
      suspended: 1,
      unchanged: 1,
    });
  });

  it('fails by its own courses only, and is judged by what makes it wait before what kills it', () => {
    const refused: [number, Failure][] = [
      [10, failure('course', '10')],
      [2, failure('course', '2')],
      [3, failure('temporary', '3')],
    ];
    const mine = failureFor(study({ code: '1' }), result(refused))!;
    expect([mine.kind, mine.about, mine.reason.en]).toEqual(['course', '2', 'r2; r10']);
    expect(failureFor(study({ code: '2' }), result(refused))!.kind).toBe('temporary');
    expect(failureFor(study({ code: '1' }), result([]))).toBeUndefined();
  });

  it('is judged in this order, whatever the order of the refusals', () => {
    const kinds = ['configuration', 'outage', 'temporary', 'student', 'course', 'unexplained'] as const;
    for (const [first, kind] of kinds.entries())
      for (const other of kinds.slice(first + 1)) {
        const both: [number, Failure][] = [
          [2, failure(kind, 'b')],
          [10, failure(other, 'a')],
        ];
        for (const refused of [both, [...both].reverse()])
          expect(failureFor(study({ code: '1' }), result(refused))!.kind).toBe(kind);
      }
  });

  it('names a course that only an idnumber is known of', () => {
    const unknown = {
      ...result([]),
      desired: { courses: new Map(), unknown: [{ code: '1', course: { idnumber: 'X', role: 'student' } }] },
    };
    expect(failureFor(study({ code: '1' }), unknown)).toMatchObject({
      kind: 'course',
      cause: 'course-missing',
      about: 'X',
    });
  });
});

it('refused alike: what five are told is the setting, with what Moodle said of the first', () => {
  const refusal: Failure = { kind: 'unexplained', cause: 'refused', about: 'x', reason: both('р', 'r') };
  const refusals = Array.from({ length: 5 }, () => ({ failure: refusal, failedBefore: false }));
  const [setting] = wrongSettings(refusals, 0, enrolmentsRefusedAlike).values();
  expect(setting).toMatchObject({ kind: 'configuration', cause: 'enrolments-refused-alike' });
  expect(setting!.reason.en).toMatch(/5 students .*: r$/);
});
