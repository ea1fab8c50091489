import { both, fromFailure, ill, SynchronizationError, well, type Finding } from '#contracts';
import { z } from 'zod';
import { probeInstalled } from '../accounts/installed.js';
import { usersByField } from '../accounts/look-up.js';
import { cohortsByIdnumber } from '../courses/cohorts.js';
import { categoryMissing } from '../courses/create-courses.js';
import { courseById } from '../courses/courses.js';
import { groupsOf } from '../courses/groups.js';
import { enrolledIn } from '../courses/participants.js';
import { explainCourse } from '../enrolments/cause-of-refusal.js';
import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { courseMissing, noManualEnrolment } from '../failures/of-courses.js';
import type { Caller } from '../transport/caller.js';
import type { SiteInfo } from '../types.js';
import type { Circumstances } from './circumstances.js';

const probeName = 'itk-doctor';

/** Each capability by a call that changes nothing: refused for another reason, or rolled back. */
export async function capabilities(caller: Caller, site: SiteInfo, about: Circumstances): Promise<Finding[]> {
  const { auth, lang, grouping, witness, courseId, roles, newCourseCategory } = about;
  const findings = [
    await has('moodle/user:create', () => createNobody(caller)),
    await has('moodle/user:update', () => probeInstalled(caller, { auth, ...(lang && { lang }) })),
  ];
  if (witness) {
    for (const key of ['id', 'username', 'idnumber', 'email'] as const) {
      const value = witness[key];
      if (value) findings.push(await has(`look-up by ${key}`, () => usersByField(caller, key, [value], witness)));
    }
  } else
    findings.push(
      ill(
        'look-ups',
        'advice',
        both(
          'Поиск учётных записей не проверен: неизвестно ни одной, которая точно есть',
          'Look-ups of accounts are not examined: no account is known that is certainly there',
        ),
        both(
          'Повторите, когда первая учётная запись заведена и служба user-provisioner запущена: она её назовёт',
          'Examine again once the first account is made and the service user-provisioner runs: it names it',
        ),
      ),
    );
  if (grouping === 'cohort')
    findings.push(await has('moodle/cohort:view', () => cohortsByIdnumber(caller, [probeName])));
  if (newCourseCategory !== undefined)
    findings.push(await has('moodle/course:create', () => createNoCourse(caller, newCourseCategory)));
  if (courseId === undefined) {
    findings.push(
      ill(
        'enrolment',
        'advice',
        both(
          'Запись на курсы не проверена: ни одного курса не известно',
          'Enrolment is not examined: no course is known',
        ),
        both(
          'Повторите, когда 1С передаст первого студента с курсом: консоль узнает курс из события',
          'Examine again once 1C has offered the first student with a course: the console learns it from the event',
        ),
      ),
    );
    return findings;
  }
  return [...findings, ...(await inCourse(caller, site, courseId, roles, grouping))];
}

async function inCourse(
  caller: Caller,
  site: SiteInfo,
  courseId: number,
  roles: Record<string, number>,
  grouping: Circumstances['grouping'],
): Promise<Finding[]> {
  const course = await courseById(caller, courseId);
  if (!course) return [fromFailure('enrolment', courseMissing(courseId))];
  const findings: Finding[] = [];
  if (course.enrolmentMethods && !course.enrolmentMethods.includes('manual')) {
    findings.push(fromFailure('manual enrolment', noManualEnrolment(courseId)));
  } else {
    for (const [shortname, roleId] of Object.entries(roles)) {
      findings.push(await has(`role ${shortname}`, () => enrolNobody(caller, site.userid, roleId, courseId)));
    }
  }
  findings.push(
    await has('moodle/course:enrolreview', () => enrolledIn(caller, courseId, 'active')),
    course.idnumber === undefined
      ? ill(
          'moodle/course:update',
          'warning',
          both(
            'Сервисная учётная запись не видит идентификаторы курсов',
            'The service account does not see ID numbers of courses',
          ),
          both('Разрешите moodle/course:update её роли', 'Allow moodle/course:update in its role'),
        )
      : right('moodle/course:update'),
  );
  if (grouping === 'group') findings.push(await has('moodle/course:managegroups', () => groupsOf(caller, courseId)));
  return findings;
}

const right = (check: string): Finding => well(check, `Есть: ${check}`, `There: ${check}`);

async function has(check: string, probe: () => Promise<unknown>): Promise<Finding> {
  try {
    await probe();
    return right(check);
  } catch (error) {
    // Away or slow in the middle of it all: that is another finding.
    if (error instanceof MoodleMisconfigured || error instanceof MoodleRefusal)
      return fromFailure(check, error.failure);
    if (error instanceof SynchronizationError && error.failure.kind === 'course')
      return fromFailure(check, error.failure);
    throw error;
  }
}

/** A blank name is refused after the capability was asked for. */
async function createNobody(caller: Caller): Promise<void> {
  const nobody = { username: probeName, firstname: ' ', lastname: ' ', email: `${probeName}@students.invalid` };
  try {
    await caller.call('core_user_create_users', { users: [nobody] }, z.array(z.unknown()));
  } catch (error) {
    if (!(error instanceof MoodleRefusal)) throw error;
  }
}

/** The second of two of one name is refused, and takes the first along. */
async function createNoCourse(caller: Caller, categoryid: number): Promise<void> {
  const course = { fullname: probeName, shortname: probeName, categoryid, visible: false };
  try {
    await caller.call('core_course_create_courses', { courses: [course, course] }, z.array(z.unknown()), ['courses']);
  } catch (error) {
    if (!(error instanceof MoodleRefusal)) throw error;
    if (error.errorcode === 'errorcatcontextnotvalid') throw new MoodleMisconfigured(categoryMissing(categoryid));
  }
}

/** The service account itself into the course, and then into a course that cannot be: all is checked, none stays. */
async function enrolNobody(caller: Caller, userid: number, roleid: number, courseId: number): Promise<void> {
  const enrolments = [courseId, 0].map((courseid) => ({ roleid, userid, courseid }));
  try {
    await caller.call('enrol_manual_enrol_users', { enrolments }, z.null(), [`user:${userid}`]);
  } catch (error) {
    if (!(error instanceof MoodleRefusal)) throw error;
    if (error.errorcode === 'invalidparameter') return;
    const failure = await explainCourse(caller, courseId, error);
    throw failure ? new SynchronizationError(failure) : error;
  }
}
