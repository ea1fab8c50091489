import { study } from '../testing/studies.js';
import type { Wanted } from './desired.js';
import { groupChanges, groupKey, groupOf, wantedGroups, type Membership } from './grouping.js';

describe('the academic group', () => {
  const wanted = (courseId: number, group?: string) => ({ courseId, roles: ['student'], group, codes: ['1'] });
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

  it('is shown beside the group that was named for a course, however academic groups are shown', () => {
    const courses = new Map<number, Wanted>([
      [1, { ...wanted(1, 'unit 2'), groupGiven: true as const }],
      [3, wanted(3, 'A')],
    ]);
    const named = { courseId: 1, name: 'unit 2', given: true };
    for (const [grouping, others] of [
      ['none', []],
      ['group', [{ courseId: 3, name: 'A' }]],
    ] as const)
      expect(wantedGroups(grouping, { courses, unknown: [] }, [study()], () => true)).toEqual([named, ...others]);
    expect(wantedGroups('cohort', { courses, unknown: [] }, [study()], () => true)).toEqual([
      { courseId: 0, name: 'G' },
      named,
    ]);
  });

  const member = (entries: Record<string, Membership>) => new Map(Object.entries(entries));

  it('moves whom we put into another one, and leaves what others did', () => {
    const before = member({ '1/A': 'made', '1/X': 'theirs', '2/A': 'made' });
    expect(groupChanges(before, [{ courseId: 1, name: 'B/2' }], 'suspend')).toEqual({
      add: [{ courseId: 1, name: 'B/2' }],
      remove: [{ courseId: 1, name: 'A' }],
    });
  });

  it('named for a course is for whoever is in none of its groups, or on the way into one', () => {
    const named = [{ courseId: 1, name: 'B', given: true as const }];
    expect(groupChanges(member({ '2/A': 'made' }), named, 'suspend')).toEqual({ add: named, remove: [] });
    for (const state of ['made', 'theirs', 'kept'] as const)
      expect(groupChanges(member({ '1/A': state }), named, 'suspend')).toEqual({ add: [], remove: [] });
    expect(groupChanges(member({ '1/A': 'noted' }), named, 'suspend')).toEqual({
      add: [{ courseId: 1, name: 'A' }],
      remove: [],
    });
    expect(groupChanges(member({ '1/A': 'kept' }), [{ courseId: 1, name: 'C' }], 'suspend')).toEqual({
      add: [{ courseId: 1, name: 'C' }],
      remove: [],
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
