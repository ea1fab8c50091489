import { createAccounts } from './accounts/create.js';
import { probeInstalled } from './accounts/installed.js';
import { usersByField } from './accounts/look-up.js';
import { updateAccounts } from './accounts/update.js';
import * as cohorts from './courses/cohorts.js';
import * as courses from './courses/courses.js';
import { createCourses } from './courses/create-courses.js';
import * as groups from './courses/groups.js';
import * as participants from './courses/participants.js';
import { Enrolling } from './enrolments/enrol.js';
import { takeRolesAway } from './enrolments/roles.js';
import { Caller, type MoodleClientOptions } from './transport/caller.js';
import type * as shapes from './types.js';
import type { Settled } from './types.js';

/**
 * Moodle's web services, one client per system and process: it keeps to `concurrency` and to `max_input_vars` by
 * itself. Each record gets its own answer; outage, temporary and configuration faults of a whole call are thrown as
 * SynchronizationError.
 */
export class MoodleClient {
  readonly #caller: Caller;

  constructor(options: MoodleClientOptions) {
    this.#caller = new Caller(options);
  }

  /** Calls that Moodle has answered so far, the probe apart. */
  get answered(): number {
    return this.#caller.answered;
  }

  /** The harmless probe: one attempt, 15 s at the most, beside whatever is in flight. */
  siteInfo = (): Promise<shapes.SiteInfo> => this.#caller.siteInfo();

  /** With a witness, look-ups that have turned silently empty are a MoodleMisconfigured instead of nobody found. */
  usersByField = (
    field: shapes.UserKey,
    values: readonly (string | number)[],
    witness?: shapes.Witness,
  ): Promise<shapes.UserLookup> => usersByField(this.#caller, field, values, witness);

  /** Same order as asked. One transaction per call: a refused batch is taken apart and each cause found. */
  createAccounts = (accounts: readonly shapes.NewAccount[]): Promise<Settled<{ id: number }>[]> =>
    createAccounts(this.#caller, accounts);

  /** Same order as asked. */
  updateAccounts = (changes: readonly shapes.AccountChange[]): Promise<Settled<true>[]> =>
    updateAccounts(this.#caller, changes);

  /** Same order as asked. Whole students per call, a student in one call at a time. */
  enrol = (students: readonly shapes.StudentEnrolments[]): Promise<shapes.EnrolmentOutcome[]> =>
    new Enrolling(this.#caller).run(students);

  /** Same order as asked. After a change of role: enrolling adds the new one and leaves the old. */
  takeRolesAway = (roles: readonly shapes.CourseRole[]): Promise<Settled<true>[]> => takeRolesAway(this.#caller, roles);

  /** Who takes part in a course, by whatever method; `only` needs the capability moodle/course:enrolreview. */
  enrolledIn = (courseId: number, only?: 'active' | 'suspended'): Promise<shapes.Participant[]> =>
    participants.enrolledIn(this.#caller, courseId, only);

  /** Active enrolments in courses that the service account may see; Moodle silently leaves out the rest. */
  coursesOf = (userId: number): Promise<{ id: number; idnumber: string }[]> =>
    participants.coursesOf(this.#caller, userId);

  /** Only those found. */
  coursesById = (ids: readonly number[]): Promise<shapes.MoodleCourse[]> => courses.coursesById(this.#caller, ids);
  /** Hidden from students; same order as asked. */
  createCourses = (wanted: readonly shapes.NewCourse[]): Promise<Settled<{ id: number }>[]> =>
    createCourses(this.#caller, wanted);
  coursesByIdnumber = (idnumbers: readonly string[]): Promise<shapes.MoodleCourse[]> =>
    courses.coursesByIdnumber(this.#caller, idnumbers);
  allCourses = (): Promise<shapes.MoodleCourse[]> => courses.allCourses(this.#caller);
  /** Needs core_course_search_courses in the service. */
  searchCourses = (text: string, limit: number): Promise<shapes.MoodleCourse[]> =>
    courses.searchCourses(this.#caller, text, limit);
  /** What stands behind these numbers, and why nobody can be enrolled to some of them. */
  coursesThatFail = (ids: readonly number[]) => courses.coursesThatFail(this.#caller, ids);

  groupsOf = (courseId: number): Promise<shapes.MoodleGroup[]> => groups.groupsOf(this.#caller, courseId);
  createGroups = (wanted: readonly shapes.NewGroup[]): Promise<Settled<{ id: number }>[]> =>
    groups.createGroups(this.#caller, wanted);
  groupMembers = (groupIds: readonly number[]): Promise<{ groupId: number; userIds: number[] }[]> =>
    groups.groupMembers(this.#caller, groupIds);
  /** Adding a member who is one already does nothing. */
  addGroupMembers = (members: readonly shapes.GroupMember[]): Promise<Settled<true>[]> =>
    groups.addGroupMembers(this.#caller, members);
  removeGroupMembers = (members: readonly shapes.GroupMember[]): Promise<Settled<true>[]> =>
    groups.removeGroupMembers(this.#caller, members);

  /** System cohorts of exactly these idnumbers; only those found. */
  cohortsByIdnumber = (idnumbers: readonly string[]): Promise<shapes.MoodleCohort[]> =>
    cohorts.cohortsByIdnumber(this.#caller, idnumbers);
  createCohorts = (wanted: readonly { name: string; idnumber: string }[]): Promise<Settled<{ id: number }>[]> =>
    cohorts.createCohorts(this.#caller, wanted);
  cohortMembers = (cohortIds: readonly number[]): Promise<{ cohortId: number; userIds: number[] }[]> =>
    cohorts.cohortMembers(this.#caller, cohortIds);
  addCohortMembers = (members: readonly shapes.CohortMember[]): Promise<Settled<true>[]> =>
    cohorts.addCohortMembers(this.#caller, members);
  removeCohortMembers = (members: readonly shapes.CohortMember[]): Promise<Settled<true>[]> =>
    cohorts.removeCohortMembers(this.#caller, members);

  /** Are this auth plugin and language pack installed? Throws MoodleMisconfigured naming the one that is not. */
  probeConfiguration = (settings: { auth: string; lang?: string }): Promise<void> =>
    probeInstalled(this.#caller, settings);
}
