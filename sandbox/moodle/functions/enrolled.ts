import { codingError, invalidResponse } from '../protocol/errors.js';
import { bool, int, list, structure, text, withDefault } from '../protocol/parameters.js';
import { type CallOptions, type Site, webServiceFunction } from '../site.js';
import type { Course } from '../store/courses.js';
import { type Enrolment, isActive } from '../store/enrolments.js';
import { roleShortnames } from '../store/state.js';
import type { User } from '../store/users.js';
import { nameIsPoison, userDetails } from './users/details.js';

export const getEnrolledUsers = webServiceFunction(
  'core_enrol_get_enrolled_users',
  structure({
    courseid: int,
    options: withDefault(list(structure({ name: text('alphanumExt'), value: text('raw') })), []),
  }),
  (site, { courseid, options }, call) => {
    const option = new Map(options.map(({ name, value }) => [name, value]));
    const on = (name: string) => Number(option.get(name) ?? 0) !== 0;
    if (on('onlyactive') && on('onlysuspended')) {
      throw codingError('Both onlyactive and onlysuspended are set, this is probably not what you want!');
    }
    site.courseOrMissing(courseid);
    const course = site.enterCourseWrapped(courseid);
    if (!site.can('moodle/course:enrolreview')) site.require('moodle/course:viewparticipants');
    const groupid = Number(option.get('groupid') ?? 0);
    if (groupid) site.require('moodle/site:accessallgroups');
    if (on('onlyactive') || on('onlysuspended')) site.require('moodle/course:enrolreview');

    const { now } = site;
    const group = site.state.groups.get(groupid);
    let found: [User, Enrolment][] = [];
    for (const enrolment of site.state.enrolments.inCourse(courseid)) {
      if (groupid && !group?.members.has(enrolment.userid)) continue;
      const active = isActive(enrolment, now) && (site.switches.manualPlugin || enrolment.plugin !== 'manual');
      if (on('onlyactive') ? !active : on('onlysuspended') ? active : false) continue;
      found.push([site.state.users.get(enrolment.userid)!, enrolment]);
    }
    found.sort(orderOf(option.get('sortby') ?? 'id', (option.get('sortdirection') ?? 'ASC').toUpperCase() === 'DESC'));
    const from = Number(option.get('limitfrom') ?? 0);
    const number = Number(option.get('limitnumber') ?? 0);
    if (from || number) found = found.slice(from, number ? from + number : undefined);

    const fields = (option.get('userfields') ?? '').split(',').map((field) => field.trim());
    const wanted = fields[0] === '' ? undefined : new Set(fields);
    return found.map(([user, enrolment]) => {
      if ((!wanted || wanted.has('firstname') || wanted.has('lastname')) && nameIsPoison(user)) {
        throw invalidResponse('users => firstname');
      }
      return enrolledDetails(site, course, user, enrolment, wanted, call);
    });
  },
);

function enrolledDetails(
  site: Site,
  course: Course,
  user: User,
  enrolment: Enrolment,
  wanted: ReadonlySet<string> | undefined,
  call: CallOptions,
): Record<string, unknown> {
  const details: Record<string, unknown> = { ...userDetails(site, user, call) };
  if (wanted)
    for (const key of Object.keys(details))
      if (key !== 'id' && key !== 'fullname' && !wanted.has(key)) delete details[key];
  const asks = (field: string) => !wanted || wanted.has(field);
  if (asks('roles')) {
    details['roles'] = enrolment.roles.map((roleid) => ({
      roleid,
      name: '',
      shortname: roleShortnames.get(roleid) ?? '',
      sortorder: 0,
    }));
  }
  if (asks('groups')) {
    const groups = [...site.state.groups.inCourse(course.id)].filter((group) => group.members.has(user.id));
    details['groups'] = groups.map((group) => ({
      id: group.id,
      name: site.print(group.name, call),
      description: group.description,
      descriptionformat: 1,
    }));
  }
  if (asks('enrolledcourses')) {
    details['enrolledcourses'] = coursesOf(site, user.id).map((held) => ({
      id: held.id,
      fullname: site.print(held.fullname, call),
      shortname: site.print(held.shortname, call),
    }));
  }
  return details;
}

/** Sorting by name is stable and falls back to the id, as Moodle's does. */
function orderOf(by: string, down: boolean): (a: [User, Enrolment], b: [User, Enrolment]) => number {
  const sign = down ? -1 : 1;
  return ([a], [b]) => {
    const names =
      by === 'firstname'
        ? a.firstname.localeCompare(b.firstname)
        : by === 'lastname' || by === 'siteorder'
          ? a.lastname.localeCompare(b.lastname)
          : 0;
    return sign * (names || a.id - b.id);
  };
}

/** Active enrolments in visible courses: the others are left out without a word. */
function coursesOf(site: Site, userid: number): Course[] {
  const { now } = site;
  const found: Course[] = [];
  for (const enrolment of site.state.enrolments.ofUser(userid)) {
    const course = site.state.courses.get(enrolment.courseid);
    if (course?.visible && isActive(enrolment, now)) found.push(course);
  }
  return found.sort((a, b) => a.id - b.id);
}

export const getUsersCourses = webServiceFunction(
  'core_enrol_get_users_courses',
  structure({ userid: int, returnusercount: withDefault(bool, true) }),
  (site, { userid, returnusercount }, call) =>
    coursesOf(site, userid)
      .filter((course) => site.seesCourse(course))
      .filter(() => site.can('moodle/course:enrolreview') || site.can('moodle/course:viewparticipants'))
      .map((course) => ({
        id: course.id,
        shortname: site.print(course.shortname, call),
        fullname: site.print(course.fullname, call),
        displayname: site.print(course.fullname, call),
        ...(returnusercount ? { enrolledusercount: site.state.enrolments.countInCourse(course.id) } : {}),
        idnumber: course.idnumber,
        visible: course.visible ? 1 : 0,
        summary: '',
        summaryformat: 1,
        format: 'topics',
        category: course.categoryid,
        startdate: course.startdate,
        enddate: course.enddate,
        hidden: false,
      })),
);
