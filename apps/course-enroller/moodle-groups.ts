import type { Failure } from '#contracts';
import { MoodleRefusal, type MoodleClient, type Settled } from '#moodle';
import { groupKey, siteCohort, type GroupName } from './grouping.js';
import type { Groups, Member } from './groups.js';

export type GroupCalls = Pick<
  MoodleClient,
  | 'groupsOf'
  | 'createGroups'
  | 'groupMembers'
  | 'addGroupMembers'
  | 'removeGroupMembers'
  | 'cohortsByIdnumber'
  | 'createCohorts'
  | 'cohortMembers'
  | 'addCohortMembers'
  | 'removeCohortMembers'
>;

const isCohort = ({ courseId }: GroupName): boolean => courseId === siteCohort;
const failureOf = (settled: Settled<unknown>): Failure | undefined =>
  'failure' in settled ? settled.failure : undefined;

/**
 * Groups and cohorts through Moodle's web services. A course's group is known by its name, which Moodle keeps unique
 * in the course; a cohort by its idnumber, which is the academic group's name.
 */
export class MoodleGroups implements Groups {
  constructor(private readonly moodle: GroupCalls) {}

  async ensure(groups: readonly GroupName[]): Promise<{ ids: Map<string, number>; refused: Map<string, Failure> }> {
    const ids = await this.find(groups);
    const refused = new Map<string, Failure>();
    const absent = groups.filter((group) => !ids.has(groupKey(group)));
    const take = (group: GroupName, made: Settled<{ id: number }>): void => {
      if ('ok' in made) ids.set(groupKey(group), made.ok.id);
      else refused.set(groupKey(group), made.failure);
    };
    const ofCourses = absent.filter((group) => !isCohort(group));
    if (ofCourses.length > 0) {
      const made = await this.moodle.createGroups(ofCourses.map((group) => ({ ...group, idnumber: '' })));
      ofCourses.forEach((group, index) => take(group, made[index]!));
    }
    const cohorts = absent.filter(isCohort);
    if (cohorts.length > 0) {
      const made = await this.moodle.createCohorts(cohorts.map(({ name }) => ({ name, idnumber: name })));
      cohorts.forEach((group, index) => take(group, made[index]!));
    }
    return { ids, refused };
  }

  private async find(groups: readonly GroupName[]): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    const names = new Set(groups.map(groupKey));
    const keep = (group: GroupName, id: number): void => {
      const key = groupKey(group);
      if (names.has(key) && !ids.has(key)) ids.set(key, id);
    };
    const courses = [...new Set(groups.filter((group) => !isCohort(group)).map(({ courseId }) => courseId))];
    const cohorts = groups.filter(isCohort).map(({ name }) => name);
    await Promise.all([
      ...courses.map(async (courseId) => {
        for (const { id, name } of await this.groupsOf(courseId)) keep({ courseId, name }, id);
      }),
      cohorts.length > 0 &&
        this.moodle.cohortsByIdnumber(cohorts).then((found) => {
          for (const { id, idnumber } of found) keep({ courseId: siteCohort, name: idnumber }, id);
        }),
    ]);
    return ids;
  }

  /** Where one cannot look, making the group says why. */
  private async groupsOf(courseId: number): Promise<{ id: number; name: string }[]> {
    try {
      return await this.moodle.groupsOf(courseId);
    } catch (error) {
      if (error instanceof MoodleRefusal) return [];
      throw error;
    }
  }

  async members(groups: readonly { group: GroupName; groupId: number }[]): Promise<Map<string, Set<number>>> {
    const ofCourses = groups.filter(({ group }) => !isCohort(group));
    const cohorts = groups.filter(({ group }) => isCohort(group));
    const [inGroups, inCohorts] = await Promise.all([
      refusedAs([], this.moodle.groupMembers(ofCourses.map(({ groupId }) => groupId))),
      refusedAs([], this.moodle.cohortMembers(cohorts.map(({ groupId }) => groupId))),
    ]);
    const byGroup = new Map(inGroups.map(({ groupId, userIds }) => [groupId, userIds]));
    const byCohort = new Map(inCohorts.map(({ cohortId, userIds }) => [cohortId, userIds]));
    return new Map(
      groups.map(({ group, groupId }) => [
        groupKey(group),
        new Set((isCohort(group) ? byCohort : byGroup).get(groupId) ?? []),
      ]),
    );
  }

  add(members: readonly Member[]): Promise<(Failure | undefined)[]> {
    return this.each(
      members,
      (some) => this.moodle.addGroupMembers(some),
      (some) => this.moodle.addCohortMembers(some),
    );
  }

  remove(members: readonly Member[]): Promise<(Failure | undefined)[]> {
    return this.each(
      members,
      (some) => this.moodle.removeGroupMembers(some),
      (some) => this.moodle.removeCohortMembers(some),
    );
  }

  private async each(
    members: readonly Member[],
    inGroups: (members: { groupId: number; userId: number }[]) => Promise<Settled<true>[]>,
    inCohorts: (members: { cohortId: number; userId: number }[]) => Promise<Settled<true>[]>,
  ): Promise<(Failure | undefined)[]> {
    const answers = new Array<Failure | undefined>(members.length).fill(undefined);
    const places = members.map((member, place) => ({ member, place }));
    // By group, so that a call locks few of them.
    const ofCourses = places
      .filter(({ member }) => !isCohort(member.group))
      .sort((a, b) => a.member.groupId - b.member.groupId || a.member.userId - b.member.userId);
    const ofCohorts = places.filter(({ member }) => isCohort(member.group));
    if (ofCourses.length > 0) {
      const settled = await inGroups(ofCourses.map(({ member: { groupId, userId } }) => ({ groupId, userId })));
      ofCourses.forEach(({ place }, index) => (answers[place] = failureOf(settled[index]!)));
    }
    if (ofCohorts.length > 0) {
      const settled = await inCohorts(
        ofCohorts.map(({ member: { groupId, userId } }) => ({ cohortId: groupId, userId })),
      );
      ofCohorts.forEach(({ place }, index) => (answers[place] = failureOf(settled[index]!)));
    }
    return answers;
  }
}

/** A group deleted by hand fails the question for all: adding to it will show which one. */
async function refusedAs<T>(instead: T, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MoodleRefusal) return instead;
    throw error;
  }
}
