import { invalidUser, moodleError } from '../protocol/errors.js';
import { bool, int, list, optional, structure } from '../protocol/parameters.js';
import { type Site, webServiceFunction } from '../site.js';
import type { Course } from '../store/courses.js';
import { guestId } from '../store/state.js';
import type { User } from '../store/users.js';

export const enrolUsers = webServiceFunction(
  'enrol_manual_enrol_users',
  structure({
    enrolments: list(
      structure({
        roleid: int,
        userid: int,
        courseid: int,
        timestart: optional(int),
        timeend: optional(int),
        suspend: optional(bool),
      }),
    ),
  }),
  (site, { enrolments }) => {
    let same = 0;
    let welcomes = 0;
    site.state.transactions.run(() => {
      for (const wanted of enrolments) {
        const course = site.enterCourse(wanted.courseid);
        site.require('enrol/manual:enrol');
        const user = activeUser(site, wanted.userid, site.switches.version === '4.1');
        if (!site.can('moodle/role:assign') || !site.switches.assignableRoles.includes(wanted.roleid)) {
          throw cannotAssign(wanted.roleid, wanted.userid, wanted.courseid);
        }
        if (!course.manual || !site.switches.manualPlugin) throw noInstance(course);
        const outcome = site.state.enrolments.enrol(course.id, user.id, wanted.roleid, {
          timestart: wanted.timestart ?? 0,
          timeend: wanted.timeend ?? 0,
          suspended: wanted.suspend ?? false,
        });
        if (outcome === 'same') same++;
        if (course.contact && site.switches.welcomeMessages && site.switches.version !== '4.1') welcomes++;
      }
    });
    site.state.counters.noopEnrolments += same;
    // Sent after commit, and with a repeat that changes nothing too.
    site.state.counters.welcomeMessages += welcomes;
    return null;
  },
);

export const unenrolUsers = webServiceFunction(
  'enrol_manual_unenrol_users',
  (version) =>
    structure({
      enrolments: list(
        // 5.2 knows no roleid; before it was taken and passed over.
        structure({ userid: int, courseid: int, ...(version === '5.2' ? {} : { roleid: optional(int) }) }),
      ),
    }),
  (site, { enrolments }) => {
    site.state.transactions.run(() => {
      for (const { userid, courseid } of enrolments) {
        site.courseOrMissing(courseid);
        const course = site.enterCourse(courseid);
        site.require('enrol/manual:unenrol');
        if (!course.manual) throw noInstance(course);
        const user = activeUser(site, userid, false);
        const held = site.state.enrolments.get(courseid, user.id);
        if (held?.plugin === 'manual') {
          site.state.enrolments.remove(courseid, user.id);
          site.state.groups.leaveCourse(courseid, user.id);
        } else site.state.counters.noopUnenrolments++;
      }
    });
    return null;
  },
);

/** 4.1 asks for the row only, later versions for a live, confirmed account too. Suspended accounts pass. */
function activeUser(site: Site, userid: number, rowOnly: boolean): User {
  const user = site.state.users.get(userid);
  if (!user) {
    if (rowOnly)
      throw moodleError('codingerror', 'Coding error detected, it must be fixed by a programmer: Invalid user ID');
    throw invalidUser();
  }
  if (rowOnly) return user;
  if (user.deleted) throw moodleError('userdeleted');
  if (!user.confirmed) throw moodleError('usernotconfirmed');
  if (user.id === guestId) throw moodleError('guestsarenotallowed');
  return user;
}

const cannotAssign = (roleid: number, userid: number, courseid: number) =>
  moodleError(
    'wsusercannotassign',
    `You don't have the permission to assign this role (${roleid}) to this user (${userid}) in this course (${courseid}).`,
  );

const noInstance = (course: Course) =>
  moodleError(
    'wsnoinstance',
    `Manual enrolment plugin instance doesn't exist or is disabled for the course (id = ${course.id})`,
  );
