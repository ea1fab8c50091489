import { z } from 'zod';
import { both, type Failure } from '#contracts';
import { MoodleMisconfigured, MoodleRefusal } from '../errors.js';
import { accountMissing } from '../failures/of-accounts.js';
import { capabilityMissing, refused } from '../failures/of-the-site.js';
import { inBatches } from '../transport/batches.js';
import type { Caller } from '../transport/caller.js';
import type { CohortMember, MoodleCohort, Settled } from '../types.js';
import { groupName } from './group-names.js';
import { settleEach } from './settle-each.js';

const cohortSchema = z
  .looseObject({ id: z.int(), name: z.string(), idnumber: z.string().nullish() })
  .transform(({ id, name, idnumber }): MoodleCohort => ({ id, name, idnumber: idnumber ?? '' }));
const foundSchema = z.object({ cohorts: z.array(cohortSchema) });
const membersSchema = z.array(
  z
    .looseObject({ cohortid: z.int(), userids: z.array(z.int()) })
    .transform(({ cohortid, userids }) => ({ cohortId: cohortid, userIds: userids })),
);
const warningsSchema = z.object({ warnings: z.array(z.looseObject({ message: z.string().nullish() })) });

const inSystem = { context: { contextlevel: 'system', instanceid: 0 }, includes: 'self' };
const page = 100;

/** The search finds parts of names, numbers and descriptions alike; only the exact number counts. */
export async function cohortsByIdnumber(caller: Caller, idnumbers: readonly string[]): Promise<MoodleCohort[]> {
  const wanted = [...new Set(idnumbers)].filter((idnumber) => idnumber !== '');
  const found = await Promise.all(
    wanted.map(async (query) => {
      for (let limitfrom = 0; ; limitfrom += page) {
        const { cohorts } = await caller.call(
          'core_cohort_search_cohorts',
          { query, ...inSystem, limitfrom, limitnum: page },
          foundSchema,
        );
        const exact = cohorts.filter(({ idnumber }) => idnumber === query);
        if (exact.length > 0 || cohorts.length < page) return exact;
      }
    }),
  );
  return found.flat();
}

/** One call at a time: a cohort's idnumber is not unique in the database. */
export const createCohorts = (
  caller: Caller,
  cohorts: readonly { name: string; idnumber: string }[],
): Promise<Settled<{ id: number }>[]> =>
  settleEach(caller, cohorts, {
    name: 'core_cohort_create_cohorts',
    list: 'cohorts',
    form: ({ name, idnumber }) => ({
      categorytype: { type: 'system', value: '' },
      // Taken as it is, yet shown cleaned.
      name: groupName(name) || name,
      idnumber,
    }),
    keys: () => ['cohorts'],
    answer: z.array(cohortSchema),
    results: (_, made) => made.map(({ id }) => ({ id })),
    explain: async ({ idnumber }, error) =>
      (await cohortsByIdnumber(caller, [idnumber])).length > 0 ? cohortTaken() : refused(error.errorcode),
  });

const cohortTaken = (): Failure => ({
  kind: 'temporary',
  cause: 'cohort-taken',
  reason: both('Глобальная группа с таким идентификатором уже есть', 'A cohort of this ID number is there already'),
  cure: both('Будет взята она', 'It will be taken'),
});

export const cohortMembers = (
  caller: Caller,
  cohortIds: readonly number[],
): Promise<{ cohortId: number; userIds: number[] }[]> =>
  cohortIds.length === 0
    ? Promise.resolve([])
    : caller.call('core_cohort_get_cohort_members', { cohortids: cohortIds }, membersSchema);

/** A cohort enrols its members at once, hence the users' keys. */
const keys = ({ cohortId, userId }: CohortMember): string[] => [`cohort:${cohortId}`, `user:${userId}`];

/** Already a member is well. What is not found comes as a warning without a number, so its owner is looked for. */
export function addCohortMembers(caller: Caller, members: readonly CohortMember[]): Promise<Settled<true>[]> {
  const batching = { budget: caller.budget, leavesOf: () => 4, most: 200, width: caller.options.concurrency };
  return inBatches(members, batching, async (batch) => {
    const parameters = {
      members: batch.map(({ cohortId, userId }) => ({
        cohorttype: { type: 'id', value: cohortId },
        usertype: { type: 'id', value: userId },
      })),
    };
    const touched = [...new Set(batch.flatMap(keys))];
    const { warnings } = await caller
      .call('core_cohort_add_cohort_members', parameters, warningsSchema, touched)
      .catch((error: unknown) => {
        // Here a missing capability is told by no better word.
        const forbidden = error instanceof MoodleRefusal && error.errorcode === 'Error';
        throw forbidden ? new MoodleMisconfigured(capabilityMissing('moodle/cohort:assign')) : error;
      });
    if (warnings.length === 0) return batch.map(() => ({ ok: true }));
    const present = new Map(
      (await cohortMembers(caller, [...new Set(batch.map(({ cohortId }) => cohortId))])).map((c) => [
        c.cohortId,
        c.userIds,
      ]),
    );
    return batch.map(({ cohortId, userId }): Settled<true> =>
      present.get(cohortId)?.includes(userId) ? { ok: true } : { failure: accountMissing(userId) },
    );
  });
}

export const removeCohortMembers = (caller: Caller, members: readonly CohortMember[]): Promise<Settled<true>[]> =>
  settleEach(caller, members, {
    name: 'core_cohort_delete_cohort_members',
    list: 'members',
    form: ({ cohortId, userId }) => ({ cohortid: cohortId, userid: userId }),
    keys,
    answer: z.null(),
    results: (some) => some.map(() => true as const),
    explain: async (_, error) => refused(error.errorcode),
  });
