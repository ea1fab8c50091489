import { both, failureSchema, mostCauses, type Failure } from '#contracts';
import type { Study } from '../intake/study.js';
import { study } from '../testing/studies.js';
import type { Wanted } from './desired.js';
import { courseUnknown } from './failures.js';
import { countsFor, endOf, failureFor, isToBeRecorded, weighed, type AccountResult, type StudyEnd } from './verdict.js';

describe('the verdict on a study', () => {
  const failure = (kind: Failure['kind'], about: string): Failure => ({
    kind,
    cause: 'c',
    about,
    reason: both(`р${about}`, `r${about}`),
  });
  const wanted = (courseId: number, ...codes: string[]) =>
    [courseId, { courseId, roles: ['student'], codes }] as [number, Wanted];
  const result = (refused: [number, Failure][]): AccountResult => ({
    desired: { courses: new Map([wanted(2, '1'), wanted(3, '2'), wanted(10, '1', '2'), wanted(11, '1')]), unknown: [] },
    changes: [
      { courseId: 2, to: { roleIds: [5], begin: 0, end: 0, suspended: false }, kind: 'enrolled', giveRoleIds: [5] },
      { courseId: 3, to: { roleIds: [5], begin: 0, end: 0, suspended: false }, kind: 'enrolled', giveRoleIds: [5] },
      { courseId: 99, to: { roleIds: [5], begin: 0, end: 0, suspended: true }, kind: 'suspended', giveRoleIds: [5] },
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

  it('says all that failed, the same words once, in the order of courses; of one failure nothing but it', () => {
    const alone = failure('course', '2');
    expect(failureFor(study(), result([[2, alone]]))).toBe(alone);
    const again = { ...failure('course', '10'), cause: 'b', reason: both('р2', 'r2') };
    const first = { ...failure('course', '10'), cause: 'a' };
    const refused: [number, Failure][] = [
      [11, again],
      [10, first],
      [2, alone],
    ];
    const told = failureFor(study(), result(refused))!;
    expect([told.about, told.reason]).toEqual(['2', both('р2; р10', 'r2; r10')]);
    expect(failureFor(study(), result(refused.slice(0, 2)))!.cause).toBe('a');
  });

  it('tells its causes apart, the one that counts first; the same one of two courses is one, and there is a bound', () => {
    const refused: [number, Failure][] = [
      [10, failure('course', '10')],
      [2, { ...failure('course', '2'), cure: both('л', 'c') }],
      [11, failure('course', '10')],
    ];
    const told = failureFor(study(), result(refused))!;
    expect(told.causes).toEqual([refused[1]![1], refused[0]![1]]);
    expect(failureSchema.parse(told)).toEqual(told);
    expect(failureFor(study(), result([refused[0]!, refused[2]!]))!).not.toHaveProperty('causes');
    const many = Array.from({ length: 20 }, (_, index): [number, Failure] => [
      100 + index,
      failure('course', `${index}`),
    ]);
    expect(failureSchema.parse(failureFor(study(), result(many))).causes).toHaveLength(mostCauses);
  });

  it('is judged last by a kind that has no place in the order', () => {
    const refused: [number, Failure][] = [
      [2, failure('contract', '2')],
      [10, failure('unexplained', '10')],
    ];
    expect(failureFor(study(), result(refused))!.kind).toBe('unexplained');
  });

  it('names a course that only an idnumber is known of', () => {
    const unknown = {
      ...result([]),
      desired: { courses: new Map(), unknown: [{ code: '1', idnumber: 'X', failure: courseUnknown('X') }] },
    };
    expect(failureFor(study({ code: '1' }), unknown)).toMatchObject({
      kind: 'course',
      cause: 'course-missing',
      about: 'X',
    });
    expect(failureFor(study({ code: '2' }), unknown)).toBeUndefined();
  });
});

describe('the end of the work for a study', () => {
  const nothing: AccountResult = {
    ...{ desired: { courses: new Map(), unknown: [] }, changes: [], done: new Set(), refused: new Map() },
    ...{ confirmed: new Set(), missing: false },
  };
  const gone = { ...nothing, missing: true };
  const refusal: Failure = { kind: 'course', cause: 'course-missing', about: '2', reason: both('р', 'r') };

  it('made true: synchronized, for as long as its revision was first found to hold', () => {
    const end = endOf(study({ seen: 5, failed: 'x' }), nothing, 'e', 77);
    expect(end).toMatchObject({ outcome: { kind: 'done' }, tell: 'synchronized' });
    expect(end.study).toMatchObject({ applied: 5, appliedUserId: 11, validUntil: 77, counts: { enrolled: 0 } });
    expect(end.study.failed).toBeUndefined();
    expect(endOf(end.study, nothing, 'e', 99).study.validUntil).toBe(77);
    expect(endOf({ ...end.study, seen: 6 }, nothing, 'e', 99).study.validUntil).toBe(99);
    expect(endOf({ ...end.study, validUntil: undefined }, nothing, 'e', 99).study.validUntil).toBe(99);
  });

  it('without an account: done when withdrawn, a broken contract when active', () => {
    const nobody = study({ active: false, moodleUserId: undefined });
    expect(endOf(nobody, undefined, 'e', 7)).toMatchObject({ tell: 'synchronized', study: { applied: 1000 } });
    expect(endOf({ ...nobody, active: true }, undefined, 'e', 7)).toMatchObject({
      study: { ...nobody, active: true },
      outcome: { kind: 'dead', failure: { kind: 'contract', cause: 'no-account' } },
    });
  });

  it('an account that is gone is asked for once for the revision, again by the message that asked', () => {
    const made = study({ seen: 5, applied: 5, appliedUserId: 11, validUntil: 7 });
    const asked = endOf(made, gone, 'e', 9);
    expect(asked).toMatchObject({ outcome: { kind: 'done' }, tell: 'accountMissing' });
    expect(asked.study).toEqual({
      ...made,
      ...{ missingAsked: 5, missingAskedBy: 'e', missingUserId: 11, appliedUserId: undefined },
    });
    expect(endOf(asked.study, gone, 'e', 9).tell).toBe('accountMissing');
    expect(endOf({ ...asked.study, seen: 6 }, gone, 'f', 9).tell).toBe('accountMissing');
    const other = endOf(asked.study, gone, 'f', 9);
    expect(other).toMatchObject({
      outcome: { kind: 'retry', failure: { cause: 'account-missing' }, known: { revision: 5, origin: 'onec' } },
    });
    expect(other.tell).toBeUndefined();
  });

  it('refused: the failure, with revision and counts of what was done', () => {
    const end = endOf(study({ seen: 5 }), { ...nothing, refused: new Map([[2, refusal]]) }, 'e', 7);
    expect(end).toMatchObject({
      failure: refusal,
      outcome: { kind: 'dead', failure: refusal, known: { revision: 5, origin: 'onec', counts: { enrolled: 0 } } },
    });
    expect(end.tell).toBeUndefined();
  });

  it('is recorded when something is told or given up', () => {
    expect(isToBeRecorded(endOf(study(), nothing, 'e', 7))).toBe(true);
    expect(isToBeRecorded(endOf(study(), { ...nothing, refused: new Map([[2, refusal]]) }, 'e', 7))).toBe(true);
    const waiting = { ...refusal, kind: 'temporary' as const };
    expect(isToBeRecorded(endOf(study(), { ...nothing, refused: new Map([[2, waiting]]) }, 'e', 7))).toBe(false);
  });

  const alike: Failure = { kind: 'unexplained', cause: 'refused', about: 'x', reason: both('р', 'r') };
  const five = (more: Partial<Study> = {}): StudyEnd[] =>
    ['1', '2', '3', '4', '5'].map((code) =>
      endOf(study({ code, ...more }), { ...nothing, refused: new Map([[2, alike]]) }, code, 7),
    );

  it('refused alike: five are handed back for the setting, with what Moodle said; who went through stays', () => {
    const through = endOf(study({ code: '6' }), nothing, 'e', 7);
    const ends = weighed([...five(), through], 0);
    for (const end of ends.slice(0, 5)) {
      expect(end.outcome).toMatchObject({ kind: 'handBack', failure: { cause: 'enrolments-refused-alike' } });
      expect(end.study.failed).toBeUndefined();
    }
    const { failure } = ends[0]!.outcome as { failure: Failure };
    expect([failure.kind, failure.reason.en]).toEqual(['configuration', expect.stringMatching(/5 students .*: r$/)]);
    expect(ends[5]).toEqual(through);
  });

  it('given up is remembered: neither those nor the next ones alike are a setting', () => {
    for (const ends of [weighed(five(), 1), weighed(five({ failed: 'refused' }), 0)])
      expect(ends.map(({ outcome, study: { failed } }) => [outcome.kind, failed])).toEqual(
        Array(5).fill(['dead', 'refused']),
      );
  });
});
