import type { DataSource } from 'typeorm';
import type { ToldAccount } from '#contracts';

/** A person of the file, as of a revision. */
export interface FilePerson {
  moodleUserId: number;
  revision: number;
  account: ToldAccount;
}

/** One role of a person in a course. Times are unix seconds, 0: none. */
export interface FileMembership {
  moodleUserId: number;
  courseId: number;
  /** The role type as a number: 1 to 8. */
  roleId: number;
  active: boolean;
  begin: number;
  end: number;
}

/** The group of a person within a course; null: none. */
export interface FileGroup {
  moodleUserId: number;
  courseId: number;
  group: string | null;
}

/** In one statement with the change itself: what has changed is owed to the file from this moment on. */
const owed = `
insert into course_enroller.file_states as state
  (system, changed, changed_at, waiting_since, written, courses)
select $1, 1, now(), now(), 0, '' where exists (select from changed)
on conflict (system) do update
  set changed = state.changed + 1, changed_at = now(), waiting_since = coalesce(state.waiting_since, now())`;

const keepPersons = `
with changed as (
  insert into course_enroller.file_persons as person (system, moodle_user_id, revision, account)
  select $1, moodle_user_id, revision, account::jsonb
  from unnest($2::bigint[], $3::bigint[], $4::text[]) as given (moodle_user_id, revision, account)
  on conflict (system, moodle_user_id) do update set revision = excluded.revision, account = excluded.account
    where person.revision <= excluded.revision and person.account <> excluded.account
  returning 1
) ${owed}`;

const keepMemberships = `
with changed as (
  insert into course_enroller.file_memberships as membership
    (system, course_id, moodle_user_id, role_id, active, begins, ends, study_group)
  select $1, given.*, (
    select study_group from course_enroller.file_memberships as beside
    where beside.system = $1 and beside.course_id = given.course_id and beside.moodle_user_id = given.moodle_user_id
    limit 1)
  from unnest($2::bigint[], $3::bigint[], $4::int[], $5::bool[], $6::bigint[], $7::bigint[])
    as given (course_id, moodle_user_id, role_id, active, begins, ends)
  on conflict (system, course_id, moodle_user_id, role_id) do update
    set active = excluded.active, begins = excluded.begins, ends = excluded.ends
    where (membership.active, membership.begins, membership.ends)
      is distinct from (excluded.active, excluded.begins, excluded.ends)
  returning 1
) ${owed}`;

const keepGroups = `
with changed as (
  update course_enroller.file_memberships as membership set study_group = given.study_group
  from unnest($2::bigint[], $3::bigint[], $4::text[]) as given (course_id, moodle_user_id, study_group)
  where system = $1 and membership.course_id = given.course_id and membership.moodle_user_id = given.moodle_user_id
    and membership.study_group is distinct from given.study_group
  returning 1
) ${owed}`;

const leaveGroups = `
with changed as (
  update course_enroller.file_memberships as membership set study_group = null
  from unnest($2::bigint[], $3::bigint[], $4::text[]) as given (course_id, moodle_user_id, study_group)
  where system = $1 and membership.course_id = given.course_id and membership.moodle_user_id = given.moodle_user_id
    and membership.study_group = given.study_group
  returning 1
) ${owed}`;

const find = `
select moodle_user_id::float8 as "moodleUserId", course_id::float8 as "courseId",
  array_agg(role_id order by role_id) filter (where active) as active, array_agg(role_id order by role_id) as roles
from course_enroller.file_memberships where system = $1 and moodle_user_id = any ($2)
group by course_id, moodle_user_id`;

/** What stands of a person in a course. */
export interface StandingMembership {
  moodleUserId: number;
  courseId: number;
  /** Role types that hold; null: none does. */
  active: number[] | null;
  roles: number[];
}

/** What one system's file is written from. Every method is one statement, and marks the file as owed if it changes it. */
export class FileLedger {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
  ) {}

  /** At most one for each account; an older revision changes nothing. */
  async keepPersons(persons: readonly FilePerson[]): Promise<void> {
    if (persons.length === 0) return;
    await this.dataSource.query(keepPersons, [
      this.system,
      persons.map(({ moodleUserId }) => moodleUserId),
      persons.map(({ revision }) => revision),
      persons.map(({ account }) => JSON.stringify(account)),
    ]);
  }

  /** At most one for each person, course and role. */
  async keepMemberships(memberships: readonly FileMembership[]): Promise<void> {
    if (memberships.length === 0) return;
    await this.dataSource.query(keepMemberships, [
      this.system,
      memberships.map(({ courseId }) => courseId),
      memberships.map(({ moodleUserId }) => moodleUserId),
      memberships.map(({ roleId }) => roleId),
      memberships.map(({ active }) => active),
      memberships.map(({ begin }) => begin),
      memberships.map(({ end }) => end),
    ]);
  }

  /** Who is in a course is in this group of it, and in no other. */
  keepGroups(groups: readonly FileGroup[]): Promise<void> {
    return this.ofGroups(keepGroups, groups);
  }

  /** Unless the group is another one already. */
  leaveGroups(groups: readonly FileGroup[]): Promise<void> {
    return this.ofGroups(leaveGroups, groups);
  }

  find(moodleUserIds: readonly number[]): Promise<StandingMembership[]> {
    return this.dataSource.query(find, [this.system, moodleUserIds]);
  }

  private async ofGroups(statement: string, groups: readonly FileGroup[]): Promise<void> {
    if (groups.length === 0) return;
    await this.dataSource.query(statement, [
      this.system,
      groups.map(({ courseId }) => courseId),
      groups.map(({ moodleUserId }) => moodleUserId),
      groups.map(({ group }) => group),
    ]);
  }
}
