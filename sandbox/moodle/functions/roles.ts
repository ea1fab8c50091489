import { invalidParameter } from '../protocol/errors.js';
import { int, list, optional, structure, text } from '../protocol/parameters.js';
import { type Site, webServiceFunction } from '../site.js';
import type { Enrolment } from '../store/enrolments.js';

const assignment = structure({
  roleid: int,
  userid: int,
  contextid: optional(int),
  contextlevel: optional(text('alpha')),
  instanceid: optional(int),
});

interface Wanted {
  readonly roleid: number;
  readonly userid: number;
  readonly contextlevel?: string | undefined;
  readonly instanceid?: number | undefined;
}

/** Only course contexts, named by level and instance: the sandbox keeps no others. */
function enrolmentOf(site: Site, wanted: Wanted): Enrolment | undefined {
  if (wanted.contextlevel !== 'course' || wanted.instanceid === undefined) {
    throw invalidParameter('Context does not exist');
  }
  site.enterCourse(wanted.instanceid);
  site.require('moodle/role:assign');
  if (!site.switches.assignableRoles.includes(wanted.roleid)) {
    throw invalidParameter(`Can not assign roleid=${wanted.roleid} in contextlevel=course`);
  }
  return site.state.enrolments.get(wanted.instanceid, wanted.userid);
}

export const assignRoles = webServiceFunction(
  'core_role_assign_roles',
  structure({ assignments: list(assignment) }),
  (site, { assignments }) => {
    site.state.transactions.run(() => {
      for (const wanted of assignments) {
        const held = enrolmentOf(site, wanted);
        if (held && !held.roles.includes(wanted.roleid)) {
          site.state.enrolments.change(held, { roles: [...held.roles, wanted.roleid] });
        }
      }
    });
    return null;
  },
);

export const unassignRoles = webServiceFunction(
  'core_role_unassign_roles',
  structure({ unassignments: list(assignment) }),
  (site, { unassignments }) => {
    site.state.transactions.run(() => {
      for (const wanted of unassignments) {
        const held = enrolmentOf(site, wanted);
        if (held) site.state.enrolments.change(held, { roles: held.roles.filter((role) => role !== wanted.roleid) });
      }
    });
    return null;
  },
);
