import { z } from 'zod';
import { refused } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';
import type { CourseRole, Settled } from '../types.js';
import { settleEach } from '../courses/settle-each.js';

/** Only roles given by hand or by us go: those of other enrolment plugins Moodle leaves. Not held: nothing happens. */
export const takeRolesAway = (caller: Caller, roles: readonly CourseRole[]): Promise<Settled<true>[]> =>
  settleEach(caller, roles, {
    name: 'core_role_unassign_roles',
    list: 'unassignments',
    form: ({ userId, courseId, roleId }) => ({
      roleid: roleId,
      userid: userId,
      contextlevel: 'course',
      instanceid: courseId,
    }),
    keys: ({ userId }) => [`user:${userId}`],
    answer: z.null(),
    results: (some) => some.map(() => true as const),
    explain: async (_, error) => refused(error.errorcode),
  });
