import type { Failure } from '#contracts';
import type { FileLedger, FileMembership } from '../ledger/file-ledger.js';
import type { Answers, Enrolled, Enrolments, Question } from '../moodle/enrolments.js';
import { courseUnmapped } from '../rules/failures.js';
import type { Change, Found } from '../rules/plan.js';
import type { CoursesFile } from './courses/courses-file.js';

/** In the place of a role's number there stands the role type of the format: 1 to 8. */
export const roleIdsOf = (roles: Readonly<Record<string, string>>): Record<string, number> =>
  Object.fromEntries(Object.entries(roles).map(([role, type]) => [role, Number(type)]));

/**
 * Enrolments of a Moodle that takes a file: to enrol is to write down. Nobody can look into its courses, so that what
 * stands is what was written down, and nothing there is known to be others'.
 */
export class FileEnrolments implements Enrolments {
  constructor(
    private readonly ledger: FileLedger,
    private readonly courseTable: CoursesFile,
  ) {}

  /** Only files name courses by idnumber, and none feed such a system. */
  courses(): Promise<Map<string, number | Failure>> {
    return Promise.resolve(new Map());
  }

  async look(questions: readonly Question[]): Promise<Answers> {
    const found: Answers['found'] = new Map();
    const standing = await this.ledger.find([...new Set(questions.map(({ userId }) => userId))]);
    for (const { moodleUserId, courseId, active, roles } of standing) {
      const courses = found.get(moodleUserId) ?? new Map<number, Found>();
      found.set(moodleUserId, courses.set(courseId, { roleIds: active ?? roles, suspended: active === null }));
    }
    return { found, closed: new Set() };
  }

  async enrol(students: readonly { userId: number; changes: readonly Change[] }[]): Promise<Enrolled[]> {
    const { idnumberOf } = this.courseTable.read();
    const isMapped = ({ to, courseId }: Change): boolean => to.suspended || idnumberOf(courseId) !== undefined;
    await this.ledger.keepMemberships(
      students.flatMap(({ userId, changes }) => changes.filter(isMapped).flatMap((each) => rolesOf(userId, each))),
    );
    return students.map(({ userId, changes }) => ({
      userId,
      done: changes.filter(isMapped).map(({ courseId }) => courseId),
      refused: new Map(
        changes.filter((each) => !isMapped(each)).map(({ courseId }) => [courseId, courseUnmapped(courseId)]),
      ),
      missing: false,
    }));
  }
}

/** Of one change: the roles that are to hold, or have ended with the enrolment, and those that are to hold no more. */
function rolesOf(moodleUserId: number, { courseId, to, formerRoleIds = [] }: Change): FileMembership[] {
  const { begin, end, suspended } = to;
  const role = (roleId: number, active: boolean): FileMembership => ({
    ...{ moodleUserId, courseId, roleId, active, begin, end },
  });
  return [
    ...to.roleIds.map((roleId) => role(roleId, !suspended)),
    ...formerRoleIds.filter((roleId) => !to.roleIds.includes(roleId)).map((roleId) => role(roleId, false)),
  ];
}
