import type { Desired } from './desired.js';
import type { Study } from '../intake/study.js';
import type { Removal } from './plan.js';

export type Grouping = 'none' | 'group' | 'cohort';

/** A group of a course, or, with course 0, a cohort of the site. */
export interface GroupName {
  courseId: number;
  name: string;
}

/** `given`: named for this very course, for whoever is in none of its groups. */
export interface WantedGroup extends GroupName {
  given?: true;
}

/**
 * In the ledger by {@link groupKey}. `noted`: result unknown; `theirs`: others made the student a member; `kept`: not a
 * member, for there is another group of the course in which the student was found.
 */
export type Membership = 'noted' | 'made' | 'theirs' | 'kept';
export type Memberships = ReadonlyMap<string, Membership>;

export const siteCohort = 0;

export const groupKey = ({ courseId, name }: GroupName): string => `${courseId}/${name}`;
export const groupOf = (key: string): GroupName => {
  const slash = key.indexOf('/');
  return { courseId: Number(key.slice(0, slash)), name: key.slice(slash + 1) };
};

/**
 * Where the account belongs: a group in each course it stands in, or the cohort of each of its academic groups; and,
 * however academic groups are shown, the group that was named for a course.
 */
export function wantedGroups(
  grouping: Grouping,
  desired: Desired,
  studies: readonly Study[],
  stands: (courseId: number) => boolean,
): WantedGroup[] {
  const inCourses = [...desired.courses.values()].flatMap(({ courseId, group, groupGiven }): WantedGroup[] => {
    if (!group || !(groupGiven ?? grouping === 'group') || !stands(courseId)) return [];
    return [{ courseId, name: group, ...(groupGiven && { given: true }) }];
  });
  if (grouping !== 'cohort') return inCourses;
  const names = studies.filter((study) => study.active && study.group).map((study) => study.group);
  return [...[...new Set(names)].sort().map((name) => ({ courseId: siteCohort, name })), ...inCourses];
}

export interface GroupChanges {
  add: WantedGroup[];
  remove: GroupName[];
}

/** Who is in a group of the course, or on the way there, stays there, whatever group is named now. */
const keeping = (memberships: Memberships, wanted: WantedGroup): WantedGroup => {
  if (!wanted.given || memberships.has(groupKey(wanted))) return wanted;
  const known = [...memberships.keys()].map(groupOf).find(({ courseId }) => courseId === wanted.courseId);
  return known ?? wanted;
};

/**
 * Who moves to another group leaves the one we put him into. A course no longer wanted keeps its group; a cohort is
 * left without another in its place only where removal is `suspend`, since a cohort may carry enrolments of its own.
 */
export function groupChanges(memberships: Memberships, named: readonly WantedGroup[], removal: Removal): GroupChanges {
  const wanted = named.map((group) => keeping(memberships, group));
  const keys = new Set(wanted.map(groupKey));
  const places = new Set(wanted.map((group) => group.courseId));
  const given = [...memberships].filter(([key, state]) => state !== 'theirs' && state !== 'kept' && !keys.has(key));
  return {
    add: wanted.filter((group) => (memberships.get(groupKey(group)) ?? 'noted') === 'noted'),
    remove: given
      .map(([key]) => groupOf(key))
      .filter(({ courseId }) => places.has(courseId) || (courseId === siteCohort && removal === 'suspend')),
  };
}
