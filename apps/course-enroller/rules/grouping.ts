import type { Desired } from './desired.js';
import type { Study } from '../intake/study.js';
import type { Removal } from './plan.js';

export type Grouping = 'none' | 'group' | 'cohort';

/** A group of a course, or, with course 0, a cohort of the site. */
export interface GroupName {
  courseId: number;
  name: string;
}

/** In the ledger by {@link groupKey}. `noted`: result unknown; `theirs`: others made the student a member. */
export type Membership = 'noted' | 'made' | 'theirs';
export type Memberships = ReadonlyMap<string, Membership>;

export const siteCohort = 0;

export const groupKey = ({ courseId, name }: GroupName): string => `${courseId}/${name}`;
export const groupOf = (key: string): GroupName => {
  const slash = key.indexOf('/');
  return { courseId: Number(key.slice(0, slash)), name: key.slice(slash + 1) };
};

/** Where the account belongs: a group in each course it stands in, or the cohort of each of its academic groups. */
export function wantedGroups(
  grouping: Grouping,
  desired: Desired,
  studies: readonly Study[],
  stands: (courseId: number) => boolean,
): GroupName[] {
  if (grouping === 'none') return [];
  if (grouping === 'cohort') {
    const names = studies.filter((study) => study.active && study.group).map((study) => study.group);
    return [...new Set(names)].sort().map((name) => ({ courseId: siteCohort, name }));
  }
  return [...desired.courses.values()].flatMap(({ courseId, group }) =>
    group && stands(courseId) ? [{ courseId, name: group }] : [],
  );
}

export interface GroupChanges {
  add: GroupName[];
  remove: GroupName[];
}

/**
 * Who moves to another group leaves the one we put him into. A course no longer wanted keeps its group; a cohort is
 * left without another in its place only where removal is `suspend`, since a cohort may carry enrolments of its own.
 */
export function groupChanges(memberships: Memberships, wanted: readonly GroupName[], removal: Removal): GroupChanges {
  const keys = new Set(wanted.map(groupKey));
  const places = new Set(wanted.map((group) => group.courseId));
  const given = [...memberships].filter(([key, state]) => state !== 'theirs' && !keys.has(key));
  return {
    add: wanted.filter((group) => (memberships.get(groupKey(group)) ?? 'noted') === 'noted'),
    remove: given
      .map(([key]) => groupOf(key))
      .filter(({ courseId }) => places.has(courseId) || (courseId === siteCohort && removal === 'suspend')),
  };
}
