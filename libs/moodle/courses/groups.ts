import { z } from 'zod';
import { both, type Failure } from '#contracts';
import { isGone } from '../accounts/look-up.js';
import type { MoodleRefusal } from '../errors.js';
import { accountMissing } from '../failures/of-accounts.js';
import { courseMissing, courseNotAccessible } from '../failures/of-courses.js';
import { refused } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';
import type { GroupMember, MoodleGroup, NewGroup, Settled } from '../types.js';
import { groupName } from './group-names.js';
import { settleEach } from './settle-each.js';
import { courseById } from './courses.js';

const groupSchema = z
  .looseObject({ id: z.int(), courseid: z.int(), name: z.string(), idnumber: z.string().nullish() })
  .transform(({ id, courseid, name, idnumber }): MoodleGroup => ({
    id,
    courseId: courseid,
    name,
    idnumber: idnumber ?? '',
  }));
const groupsSchema = z.array(groupSchema);
const membersSchema = z.array(
  z
    .looseObject({ groupid: z.int(), userids: z.array(z.int()) })
    .transform(({ groupid, userids }) => ({ groupId: groupid, userIds: userids })),
);

export const groupsOf = (caller: Caller, courseId: number): Promise<MoodleGroup[]> =>
  caller.call('core_group_get_course_groups', { courseid: courseId }, groupsSchema);

/**
 * One call at a time: a group's name is not unique in the database. Visibility is not sent: 4.1 does not know it. Names
 * go as Moodle would clean them, for it refuses what it would have to clean.
 */
export async function createGroups(caller: Caller, groups: readonly NewGroup[]): Promise<Settled<{ id: number }>[]> {
  const named = groups.filter(({ name }) => groupName(name) !== '');
  const made = (await create(caller, named)).values();
  return groups.map((group): Settled<{ id: number }> =>
    groupName(group.name) === '' ? { failure: groupNameless(group) } : made.next().value!,
  );
}

const create = (caller: Caller, groups: readonly NewGroup[]): Promise<Settled<{ id: number }>[]> =>
  settleEach(caller, groups, {
    name: 'core_group_create_groups',
    list: 'groups',
    form: ({ courseId, name, idnumber }) => ({
      courseid: courseId,
      name: groupName(name),
      description: '',
      idnumber: idnumber || undefined,
    }),
    keys: () => ['groups'],
    answer: groupsSchema,
    results: (_, made) => made.map(({ id }) => ({ id })),
    explain: (group, error) => explain(caller, group, error),
  });

async function explain(caller: Caller, { courseId, name }: NewGroup, error: MoodleRefusal): Promise<Failure> {
  if (error.errorcode === 'idnumbertaken') return groupTaken(courseId);
  if (error.errorcode === 'errorcoursecontextnotvalid') {
    return (await courseById(caller, courseId)) ? courseNotAccessible(courseId) : courseMissing(courseId);
  }
  // A name that is taken is refused in the same words as one that Moodle does not take.
  const taken = (await groupsOf(caller, courseId)).some((group) => group.name === groupName(name));
  return taken ? groupTaken(courseId) : refused(error.errorcode);
}

const groupNameless = ({ courseId }: NewGroup): Failure => ({
  kind: 'course',
  cause: 'group-nameless',
  about: String(courseId),
  reason: both(
    'В названии академической группы нет ничего, кроме разметки в угловых скобках, которую Moodle вырезает',
    'The name of the academic group holds nothing but markup in angle brackets, which Moodle takes out',
  ),
  cure: both('Переименуйте группу в 1С', 'Rename the group in 1C'),
});

const groupTaken = (courseId: number): Failure => ({
  kind: 'course',
  cause: 'group-taken',
  about: String(courseId),
  reason: both(
    `В курсе ${courseId} уже есть группа с таким названием или идентификатором`,
    `Course ${courseId} already has a group of this name or ID number`,
  ),
  cure: both(
    'Впишите в эту группу идентификатор академической группы или переименуйте её',
    'Give that group the ID number of the academic group, or rename it',
  ),
});

export const groupMembers = (
  caller: Caller,
  groupIds: readonly number[],
): Promise<{ groupId: number; userIds: number[] }[]> =>
  groupIds.length === 0
    ? Promise.resolve([])
    : caller.call('core_group_get_group_members', { groupids: groupIds }, membersSchema);

// Adding somebody locks the group's row until the call ends: two calls that meet in two groups would deadlock.
const membership = (caller: Caller) => ({
  list: 'members',
  form: ({ groupId, userId }: GroupMember) => ({ groupid: groupId, userid: userId }),
  keys: ({ groupId, userId }: GroupMember) => [`group:${groupId}`, `user:${userId}`],
  answer: z.null(),
  results: (members: readonly GroupMember[]) => members.map(() => true as const),
  explain: async ({ groupId, userId }: GroupMember, error: MoodleRefusal): Promise<Failure> => {
    if (error.errorcode === 'invaliduser') return accountMissing(userId);
    if (error.errorcode === 'invalidrecordunknown' && (await isGone(caller, userId))) return accountMissing(userId);
    return error.errorcode === 'invalidparameter' ? notEnrolled(groupId) : refused(error.errorcode);
  },
});

const notEnrolled = (groupId: number): Failure => ({
  kind: 'temporary',
  cause: 'not-enrolled',
  about: String(groupId),
  reason: both(
    `В группу ${groupId} нельзя включить: человек не записан на курс`,
    `Cannot be put into group ${groupId}: not enrolled in its course`,
  ),
  cure: both('Будет повторено после записи на курс', 'Repeated after the enrolment'),
});

export const addGroupMembers = (caller: Caller, members: readonly GroupMember[]): Promise<Settled<true>[]> =>
  settleEach(caller, members, { name: 'core_group_add_group_members', ...membership(caller) });

export const removeGroupMembers = (caller: Caller, members: readonly GroupMember[]): Promise<Settled<true>[]> =>
  settleEach(caller, members, { name: 'core_group_delete_group_members', ...membership(caller) });
