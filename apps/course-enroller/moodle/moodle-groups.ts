import type { Failure } from '#contracts';
import { groupIdnumber, groupName, MoodleRefusal, type MoodleClient, type MoodleGroup, type Settled } from '#moodle';
import { groupKey, siteCohort, type GroupName } from '../rules/grouping.js';
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
 * Groups and cohorts through Moodle's web services, known by their ID number, which is the academic group's name to the
 * letter. A course's group without one is known by its name, which Moodle keeps unique in the course: people make such.
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
      const made = await this.moodle.createGroups(
        ofCourses.map((group) => ({ ...group, idnumber: groupIdnumber(group.name) })),
      );
      ofCourses.forEach((group, index) => take(group, made[index]!));
    }
    const cohorts = absent.filter(isCohort);
    if (cohorts.length > 0) {
      const made = await this.moodle.createCohorts(
        cohorts.map(({ name }) => ({ name, idnumber: groupIdnumber(name) })),
      );
      cohorts.forEach((group, index) => take(group, made[index]!));
    }
    return { ids, refused };
  }

  private async find(groups: readonly GroupName[]): Promise<Map<string, number>> {
    const ids = new Map<string, number>();
    const take = (
      wanted: readonly GroupName[],
      there: readonly { id: number; name: string; idnumber: string }[],
    ): void => {
      for (const group of wanted) {
        const found = standsFor(group, there);
        if (found) ids.set(groupKey(group), found.id);
      }
    };
    const courses = [...new Set(groups.filter((group) => !isCohort(group)).map(({ courseId }) => courseId))];
    const cohorts = groups.filter(isCohort);
    await Promise.all([
      ...courses.map(async (courseId) => {
        const wanted = groups.filter((group) => group.courseId === courseId);
        take(wanted, await this.groupsOf(courseId));
      }),
      cohorts.length > 0 &&
        this.moodle
          .cohortsByIdnumber(cohorts.map(({ name }) => groupIdnumber(name)))
          .then((found) => take(cohorts, found)),
    ]);
    return ids;
  }

  /** Where one cannot look, making the group says why. */
  private async groupsOf(courseId: number): Promise<MoodleGroup[]> {
    try {
      return await this.moodle.groupsOf(courseId);
    } catch (error) {
      if (error instanceof MoodleRefusal) return [];
      throw error;
    }
  }

  async grouped(courseIds: readonly number[]): Promise<Map<number, ReadonlySet<number>>> {
    const all = courseIds.map(async (courseId): Promise<[number, ReadonlySet<number>]> => {
      const ids = (await this.groupsOf(courseId)).map(({ id }) => id);
      const members = await refusedAs([], this.moodle.groupMembers(ids));
      return [courseId, new Set(members.flatMap(({ userIds }) => userIds))];
    });
    return new Map(await Promise.all(all));
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
    const indexed = members.map((member, index) => ({ member, index }));
    // By group, so that a call locks few of them.
    const ofCourses = indexed
      .filter(({ member }) => !isCohort(member.group))
      .sort((a, b) => a.member.groupId - b.member.groupId || a.member.userId - b.member.userId);
    const ofCohorts = indexed.filter(({ member }) => isCohort(member.group));
    const take = (asked: readonly { index: number }[], settled: readonly Settled<true>[]): void =>
      asked.forEach(({ index }, turn) => (answers[index] = failureOf(settled[turn]!)));
    if (ofCourses.length > 0)
      take(ofCourses, await inGroups(ofCourses.map(({ member: { groupId, userId } }) => ({ groupId, userId }))));
    if (ofCohorts.length > 0)
      take(
        ofCohorts,
        await inCohorts(ofCohorts.map(({ member: { groupId, userId } }) => ({ cohortId: groupId, userId }))),
      );
    return answers;
  }
}

/** What stands in Moodle for an academic group. A cleaned name alone may be that of another group. */
function standsFor<T extends { name: string; idnumber: string }>(
  { courseId, name }: GroupName,
  there: readonly T[],
): T | undefined {
  const known = there.find(({ idnumber }) => idnumber === groupIdnumber(name));
  if (known || courseId === siteCohort) return known;
  const isCleaned = groupName(name) !== name.trim();
  return there.find((group) => group.name === groupName(name) && !(isCleaned && group.idnumber !== ''));
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
