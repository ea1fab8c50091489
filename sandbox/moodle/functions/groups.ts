import { trim } from '../protocol/cleaning.js';
import { invalidParameter, invalidUser, missingRecord, moodleError } from '../protocol/errors.js';
import { bool, int, list, optional, structure, text, withDefault } from '../protocol/parameters.js';
import { type CallOptions, type Site, webServiceFunction } from '../site.js';
import type { Group } from '../store/groups.js';

const printGroup = (site: Site, group: Group, call: CallOptions): Record<string, unknown> => ({
  id: group.id,
  courseid: group.courseid,
  name: site.print(group.name, call),
  description: group.description,
  descriptionformat: 1,
  enrolmentkey: '',
  idnumber: group.idnumber,
  ...(site.switches.version === '4.1' ? {} : { visibility: 0, participation: true }),
});

export const createGroups = webServiceFunction(
  'core_group_create_groups',
  (version) =>
    structure({
      groups: list(
        structure({
          courseid: int,
          name: text('text'),
          description: text('raw'),
          descriptionformat: withDefault(int, 1),
          enrolmentkey: optional(text('raw')),
          idnumber: optional(text('raw')),
          ...(version === '4.1' ? {} : { visibility: withDefault(int, 0), participation: withDefault(bool, true) }),
        }),
      ),
    }),
  (site, { groups }, call) =>
    site.state.transactions.run(() =>
      groups.map((wanted) => {
        // Refused by its name as given, kept trimmed.
        if (trim(wanted.name) === '') throw invalidParameter('Invalid group name');
        const inCourse = [...site.state.groups.inCourse(wanted.courseid)];
        if (inCourse.some((group) => group.name === wanted.name)) {
          throw invalidParameter('Group with the same name already exists in the course');
        }
        site.enterCourseWrapped(wanted.courseid);
        site.require('moodle/course:managegroups');
        if (wanted.idnumber && inCourse.some((group) => group.idnumber === wanted.idnumber)) {
          throw moodleError('idnumbertaken', 'This ID number is already in use');
        }
        site.mustHold(wanted);
        return printGroup(
          site,
          site.state.groups.insert({
            ...wanted,
            name: trim(wanted.name),
            idnumber: trim(wanted.idnumber ?? ''),
          }),
          call,
        );
      }),
    ),
);

export const getCourseGroups = webServiceFunction(
  'core_group_get_course_groups',
  structure({ courseid: int }),
  (site, { courseid }, call) => {
    site.enterCourseWrapped(courseid);
    site.require('moodle/course:managegroups');
    return [...site.state.groups.inCourse(courseid)].map((group) => printGroup(site, group, call));
  },
);

export const getGroupMembers = webServiceFunction(
  'core_group_get_group_members',
  structure({ groupids: list(int) }),
  (site, { groupids }) =>
    groupids.map((groupid) => ({ groupid, userids: [...enterGroup(site, groupid).members].sort((a, b) => a - b) })),
);

const members = structure({ members: list(structure({ groupid: int, userid: int })) });

export const addGroupMembers = webServiceFunction('core_group_add_group_members', members, (site, given) => {
  let same = 0;
  site.state.transactions.run(() => {
    for (const { groupid, userid } of given.members) {
      const group = memberedGroup(site, groupid, userid);
      if (!site.state.enrolments.get(group.courseid, userid)) {
        throw invalidParameter('Only enrolled users may be members of groups');
      }
      if (!site.state.groups.addMember(group, userid)) same++;
    }
  });
  site.state.counters.noopMemberships += same;
  return null;
});

export const deleteGroupMembers = webServiceFunction('core_group_delete_group_members', members, (site, given) => {
  site.state.transactions.run(() => {
    for (const { groupid, userid } of given.members) {
      site.state.groups.removeMember(memberedGroup(site, groupid, userid), userid);
    }
  });
  return null;
});

function enterGroup(site: Site, groupid: number): Group {
  const group = site.state.groups.get(groupid);
  if (!group) throw missingRecord('groups');
  site.enterCourseWrapped(group.courseid);
  site.require('moodle/course:managegroups');
  return group;
}

function memberedGroup(site: Site, groupid: number, userid: number): Group {
  if (!site.state.groups.get(groupid)) throw missingRecord('groups');
  const user = site.state.users.get(userid);
  if (!user || user.deleted) throw invalidUser();
  return enterGroup(site, groupid);
}
