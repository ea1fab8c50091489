import { invalidParameter, missingRecord, moodleError, noPermissions } from '../protocol/errors.js';
import { bool, int, list, optional, structure, text, withDefault } from '../protocol/parameters.js';
import { type CallOptions, capabilityNames, type Site, webServiceFunction } from '../site.js';
import type { Cohort } from '../store/cohorts.js';
import type { User } from '../store/users.js';

const printCohort = (site: Site, cohort: Cohort, call: CallOptions): Record<string, unknown> => ({
  id: cohort.id,
  name: site.print(cohort.name, call),
  idnumber: cohort.idnumber,
  description: cohort.description,
  descriptionformat: 1,
  visible: cohort.visible,
});

export const createCohorts = webServiceFunction(
  'core_cohort_create_cohorts',
  structure({
    cohorts: list(
      structure({
        categorytype: structure({ type: text('text'), value: text('raw') }),
        name: text('raw'),
        idnumber: text('raw'),
        description: optional(text('raw')),
        descriptionformat: withDefault(int, 1),
        visible: withDefault(bool, true),
        theme: optional(text('theme')),
      }),
    ),
  }),
  (site, { cohorts }, call) =>
    site.state.transactions.run(() =>
      cohorts.map((wanted) => {
        const categoryid = categoryOf(site, wanted.categorytype);
        if (site.state.cohorts.withIdnumber(wanted.idnumber)) {
          throw invalidParameter('record already exists: idnumber=' + wanted.idnumber);
        }
        site.require('moodle/cohort:manage');
        return printCohort(site, site.state.cohorts.insert({ ...wanted, categoryid }), call);
      }),
    ),
);

function categoryOf(site: Site, { type, value }: { type: string; value: string }): number {
  if (type === 'system') return 0;
  const categories = site.state.courses.categories;
  const category =
    type === 'id'
      ? categories.get(Number(value))
      : type === 'idnumber'
        ? [...categories.values()].find((one) => one.idnumber === value)
        : undefined;
  if (!category) throw invalidParameter('category not exists: category ' + type + '=' + value);
  return category.id;
}

/** The caller's own faults are warnings here, and the rest is done. */
export const addCohortMembers = webServiceFunction(
  'core_cohort_add_cohort_members',
  structure({
    members: list(
      structure({
        cohorttype: structure({ type: text('text'), value: text('raw') }),
        usertype: structure({ type: text('text'), value: text('raw') }),
      }),
    ),
  }),
  (site, { members }) => {
    const warnings: { warningcode: string; message: string }[] = [];
    const warn = (warningcode: string, message: string) => warnings.push({ warningcode, message });
    site.state.transactions.run(() => {
      for (const { cohorttype, usertype } of members) {
        if (cohorttype.type !== 'id' && cohorttype.type !== 'idnumber') {
          warn('1', `invalid parameter: cohortype=${cohorttype.type}`);
          continue;
        }
        if (usertype.type !== 'id' && usertype.type !== 'username') {
          warn('1', `invalid parameter: usertype=${usertype.type}`);
          continue;
        }
        const cohort = cohortBy(site, cohorttype.type, cohorttype.value);
        const user = userBy(site, usertype.type, usertype.value);
        if (!cohort) warn('2', `cohort ${cohorttype.type}=${cohorttype.value} not exists`);
        else if (!user) warn('2', `user ${usertype.type}=${usertype.value} not exists`);
        else if (cohort.members.has(user.id)) {
          site.state.counters.noopMemberships++;
          warn(
            '3',
            `record already exists: cohort(${cohorttype.type}=${cohorttype.value} ${usertype.type}=${usertype.value})`,
          );
        } else {
          if (!site.can('moodle/cohort:manage')) throw moodleError('Error', 'cohort/Error');
          site.state.cohorts.addMember(cohort, user.id);
        }
      }
    });
    return { warnings };
  },
);

const cohortBy = (site: Site, type: 'id' | 'idnumber', value: string): Cohort | undefined =>
  type === 'id' ? site.state.cohorts.get(Number(value)) : site.state.cohorts.withIdnumber(value);

function userBy(site: Site, type: 'id' | 'username', value: string): User | undefined {
  const user = type === 'id' ? site.state.users.get(Number(value)) : site.state.users.withUsername(value);
  return user?.deleted ? undefined : user;
}

export const deleteCohortMembers = webServiceFunction(
  'core_cohort_delete_cohort_members',
  structure({ members: list(structure({ cohortid: int, userid: int })) }),
  (site, { members }) => {
    site.state.transactions.run(() => {
      for (const { cohortid, userid } of members) {
        const cohort = enterCohort(site, cohortid);
        if (!site.state.users.get(userid)) throw missingRecord('user');
        site.state.cohorts.removeMember(cohort, userid);
      }
    });
    return null;
  },
);

export const getCohorts = webServiceFunction(
  'core_cohort_get_cohorts',
  structure({ cohortids: withDefault(list(int), []) }),
  (site, { cohortids }, call) => {
    const wanted = cohortids.length > 0 ? cohortids : [...site.state.cohorts.all()].map((cohort) => cohort.id);
    return wanted.map((id) => printCohort(site, enterCohort(site, id), call));
  },
);

export const getCohortMembers = webServiceFunction(
  'core_cohort_get_cohort_members',
  structure({ cohortids: list(int) }),
  (site, { cohortids }) =>
    cohortids.map((cohortid) => ({
      cohortid,
      userids: [...enterCohort(site, cohortid).members].sort((a, b) => a - b),
    })),
);

export const searchCohorts = webServiceFunction(
  'core_cohort_search_cohorts',
  structure({
    query: text('raw'),
    context: structure({
      contextid: optional(int),
      contextlevel: optional(text('alpha')),
      instanceid: optional(int),
    }),
    includes: withDefault(text('alpha'), 'parents'),
    limitfrom: withDefault(int, 0),
    limitnum: withDefault(int, 25),
  }),
  (site, { query, limitfrom, limitnum }, call) => {
    requireView(site);
    const wanted = query.toLowerCase();
    const found = [...site.state.cohorts.all()]
      .filter((cohort) => `${cohort.name}\n${cohort.idnumber}\n${cohort.description}`.toLowerCase().includes(wanted))
      .sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
    return { cohorts: found.slice(limitfrom, limitfrom + limitnum).map((cohort) => printCohort(site, cohort, call)) };
  },
);

function enterCohort(site: Site, id: number): Cohort {
  const cohort = site.state.cohorts.get(id);
  if (!cohort) throw missingRecord('cohort');
  requireView(site);
  return cohort;
}

function requireView(site: Site): void {
  if (!site.can('moodle/cohort:manage')) throw noPermissions(capabilityNames['moodle/cohort:manage']!);
}
