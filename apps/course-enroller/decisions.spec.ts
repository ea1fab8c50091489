import { both, type BindingChanged, type Failure } from '#contracts';
import { wrongSettings } from '#moodle';
import { newestBindings } from './bindings.js';
import { groupChanges, groupKey, groupOf, wantedGroups, type Membership } from './grouping.js';
import { endOfPeriod, periodBefore } from './period.js';
import { enrolmentsRefusedAlike } from './refused-alike.js';
import { bindingKey, type Binding } from './study.js';
import { study } from './testing/studies.js';
import { countsFor, failureFor, type AccountResult } from './verdict.js';

const changed = (sequence: number, courses: number[], semester = 1): BindingChanged => ({
  system: 'lms',
  curriculum: 'C',
  semester,
  courses,
  sequence,
});

describe('binding changes', () => {
  const known = new Map<string, Binding>([[bindingKey({ curriculum: 'C', semester: 1 }), changed(5, [1])]]);

  it('the newest of each curriculum and semester wins, older ones are superseded', () => {
    const batch = [changed(7, [3, 2, 3]), changed(6, [9]), changed(1, [4], 2)];
    const { newest, isSuperseded } = newestBindings(batch, known);
    expect(newest).toEqual([
      { curriculum: 'C', semester: 1, courses: [2, 3], sequence: 7 },
      { curriculum: 'C', semester: 2, courses: [4], sequence: 1 },
    ]);
    expect(batch.map(isSuperseded)).toEqual([false, true, false]);
  });

  it('the same sequence again is told again: the first time may have ended half way', () => {
    expect(newestBindings([changed(5, [1])], known).newest).toHaveLength(1);
    expect(newestBindings([changed(4, [1])], known).newest).toHaveLength(0);
  });
});

describe('the academic group', () => {
  const wanted = (courseId: number, group?: string) => ({ courseId, role: 'student', group, codes: ['1'] });
  const desired = {
    courses: new Map([
      [1, wanted(1, 'A')],
      [2, wanted(2)],
      [3, wanted(3, 'A')],
    ]),
    unknown: [],
  };

  it('is a group in each course the student stands in', () => {
    expect(wantedGroups('group', desired, [study()], (id) => id !== 3)).toEqual([{ courseId: 1, name: 'A' }]);
  });

  it('or the cohort of every study that goes on', () => {
    const studies = [study({ group: 'B' }), study({ group: 'A' }), study({ group: 'C', active: false })];
    expect(wantedGroups('cohort', desired, studies, () => true)).toEqual([
      { courseId: 0, name: 'A' },
      { courseId: 0, name: 'B' },
    ]);
    expect(wantedGroups('none', desired, studies, () => true)).toEqual([]);
  });

  const member = (entries: Record<string, Membership>) => new Map(Object.entries(entries));

  it('moves whom we put into another one, and leaves what others did', () => {
    const before = member({ '1/A': 'made', '1/X': 'theirs', '2/A': 'made' });
    expect(groupChanges(before, [{ courseId: 1, name: 'B/2' }], 'suspend')).toEqual({
      add: [{ courseId: 1, name: 'B/2' }],
      remove: [{ courseId: 1, name: 'A' }],
    });
  });

  it('adds again what was noted without a result', () => {
    expect(
      groupChanges(
        member({ '1/A': 'noted', '3/A': 'made' }),
        [
          { courseId: 1, name: 'A' },
          { courseId: 3, name: 'A' },
        ],
        'keep',
      ).add,
    ).toEqual([{ courseId: 1, name: 'A' }]);
  });

  it('a withdrawn student leaves the cohort only where enrolments are suspended too', () => {
    expect(groupChanges(member({ '0/A': 'made' }), [], 'keep').remove).toEqual([]);
    expect(groupChanges(member({ '0/A': 'made' }), [], 'suspend').remove).toEqual([{ courseId: 0, name: 'A' }]);
  });

  it('has a key that brings the name back, whatever is in it', () => {
    for (const name of ['A', 'a/b/c', 'ИВТ-21 / заочная'])
      expect(groupOf(groupKey({ courseId: 7, name }))).toEqual({ courseId: 7, name });
  });
});

describe('the period', () => {
  it('is a calendar month, in whole seconds', () => {
    expect(endOfPeriod(Date.UTC(2026, 0, 31, 12, 0, 0, 999), 'P1M')).toBe(Date.UTC(2026, 1, 28, 12) / 1000);
    expect(periodBefore(Date.UTC(2026, 2, 15), 'P14D')).toBe(Date.UTC(2026, 2, 1));
  });
});

describe('the verdict on a study', () => {
  const failure = (kind: Failure['kind'], about: string): Failure => ({
    kind,
    cause: 'c',
    about,
    reason: both(`р${about}`, `r${about}`),
  });
  const of = (courseId: number, ...codes: string[]) => [courseId, { courseId, role: 'student', codes }] as const;
  const result = (refused: [number, Failure][]): AccountResult => ({
    desired: { courses: new Map([of(2, '1'), of(3, '2'), of(10, '1', '2'), of(11, '1')]), unknown: [] },
    changes: [
      { courseId: 2, to: { roleId: 5, begin: 0, end: 0, suspended: false }, deed: 'enrolled' },
      { courseId: 3, to: { roleId: 5, begin: 0, end: 0, suspended: false }, deed: 'enrolled' },
      { courseId: 99, to: { roleId: 5, begin: 0, end: 0, suspended: true }, deed: 'suspended' },
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
