import type { DataSource } from 'typeorm';
import { bindingKey, type Binding, type CurriculumSemester, type Study } from '../intake/study.js';
import { groupKey, groupOf, type GroupName, type Membership, type Memberships } from '../rules/grouping.js';
import type { Entries } from '../rules/plan.js';
import { findStudies, studyFrom, type FoundStudy } from './find-studies.js';
import { noteStudies, valuesToNote } from './note-studies.js';
import { recordStudies, valuesToRecord } from './record-studies.js';
import { entryFrom, storedEntry, type StoredEntry } from './stored-entry.js';

/** What was made in one Moodle account. */
export interface Account {
  readonly moodleUserId: number;
  readonly enrolments: Entries;
  readonly memberships: Memberships;
}

/** A study that a binding change reaches, and its newest revision. */
export interface Reached {
  code: string;
  seen: number;
}

const findAccounts = `
select json_build_object('moodleUserId', moodle_user_id, 'enrolments', enrolments, 'memberships', memberships) as account
from course_enroller.accounts where system = $1 and moodle_user_id = any ($2)`;

const keepAccounts = `
insert into course_enroller.accounts (system, moodle_user_id, enrolments, memberships)
select $1, moodle_user_id, enrolments::jsonb, memberships::jsonb
from unnest($2::bigint[], $3::text[], $4::text[]) as given (moodle_user_id, enrolments, memberships)
on conflict (system, moodle_user_id) do update
  set enrolments = excluded.enrolments, memberships = excluded.memberships`;

const findBindings = `
select json_build_object('curriculum', curriculum, 'semester', semester, 'courses', courses, 'sequence', sequence) as binding
from course_enroller.bindings
where system = $1 and (curriculum, semester) in (select * from unnest($2::text[], $3::int[]))`;

const keepBindings = `
insert into course_enroller.bindings as binding (system, curriculum, semester, courses, sequence)
select $1, curriculum, semester, courses::jsonb, sequence
from unnest($2::text[], $3::int[], $4::text[], $5::bigint[]) as given (curriculum, semester, courses, sequence)
on conflict (system, curriculum, semester) do update set courses = excluded.courses, sequence = excluded.sequence
  where binding.sequence < excluded.sequence`;

const findReached = `
select json_build_object('code', code, 'seen', seen) as reached
from course_enroller.studies as study
join unnest($2::text[], $3::int[], $4::bigint[]) as given (curriculum, semester, sequence) using (curriculum, semester)
where system = $1 and active and origin = 'onec' and binding_sequence < given.sequence and seen >= $5
order by code`;

const findGroups = `
select json_build_object('courseId', course_id, 'name', name, 'id', moodle_id) as group
from course_enroller.groups
where system = $1 and (course_id, name) in (select * from unnest($2::bigint[], $3::text[]))`;

const keepGroups = `
insert into course_enroller.groups (system, course_id, name, moodle_id)
select $1, given.*
from unnest($2::bigint[], $3::text[], $4::bigint[]) as given (course_id, name, moodle_id)
on conflict (system, course_id, name) do update set moodle_id = excluded.moodle_id`;

/**
 * What the service knows of one system. Every method is one statement for the whole batch. There is one writer per
 * system: batches of a queue are handled one after another, under the transport's lock.
 */
export class Ledger {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
  ) {}

  /** The studies of these codes, and all studies of the humans they or `personKeys` belong to. */
  async studies(codes: readonly string[], personKeys: readonly string[]): Promise<Map<string, Study>> {
    if (codes.length === 0) return new Map();
    const rows: FoundStudy[] = await this.ask(findStudies, codes, personKeys);
    return new Map(rows.map((row) => [row.study.code!, studyFrom(row)]));
  }

  /** Sets what has been seen. How far it was made true is left alone. */
  async note(studies: readonly Study[]): Promise<void> {
    if (studies.length > 0) await this.ask(noteStudies, ...valuesToNote(studies));
  }

  /** Records what was made true, for how long it holds, what was given up, and for whom AccountMissing is asked. */
  async record(studies: readonly Study[]): Promise<void> {
    if (studies.length > 0) await this.ask(recordStudies, ...valuesToRecord(studies));
  }

  async accounts(moodleUserIds: readonly number[]): Promise<Map<number, Account>> {
    if (moodleUserIds.length === 0) return new Map();
    const rows: {
      account: {
        moodleUserId: number;
        enrolments: Record<string, StoredEntry>;
        memberships: Record<string, Membership>;
      };
    }[] = await this.ask(findAccounts, moodleUserIds);
    return new Map(
      rows.map(({ account: { moodleUserId, enrolments, memberships } }) => [
        moodleUserId,
        {
          moodleUserId,
          enrolments: new Map(Object.entries(enrolments).map(([id, entry]) => [Number(id), entryFrom(entry)])),
          memberships: new Map(Object.entries(memberships)),
        },
      ]),
    );
  }

  /** Both the note before the call and the record after it. */
  async keep(accounts: readonly Account[]): Promise<void> {
    if (accounts.length === 0) return;
    await this.ask(
      keepAccounts,
      accounts.map(({ moodleUserId }) => moodleUserId),
      accounts.map(({ enrolments }) =>
        JSON.stringify(Object.fromEntries([...enrolments].map(([id, entry]) => [id, storedEntry(entry)]))),
      ),
      accounts.map(({ memberships }) => JSON.stringify(Object.fromEntries(memberships))),
    );
  }

  async bindings(pairs: readonly CurriculumSemester[]): Promise<Map<string, Binding>> {
    if (pairs.length === 0) return new Map();
    const rows: { binding: Binding }[] = await this.ask(
      findBindings,
      pairs.map(({ curriculum }) => curriculum),
      pairs.map(({ semester }) => semester),
    );
    return new Map(rows.map(({ binding }) => [bindingKey(binding), binding]));
  }

  /** Keeps the newest of each curriculum and semester; give at most one of each. */
  async keepBindings(bindings: readonly Binding[]): Promise<void> {
    if (bindings.length === 0) return;
    await this.ask(
      keepBindings,
      bindings.map(({ curriculum }) => curriculum),
      bindings.map(({ semester }) => semester),
      bindings.map(({ courses }) => JSON.stringify(courses)),
      bindings.map(({ sequence }) => sequence),
    );
  }

  /** The studies a binding change reaches: read before it, and not before `readSince` (milliseconds). */
  async reachedBy(bindings: readonly Binding[], readSince: number): Promise<Reached[]> {
    if (bindings.length === 0) return [];
    const rows: { reached: Reached }[] = await this.ask(
      findReached,
      bindings.map(({ curriculum }) => curriculum),
      bindings.map(({ semester }) => semester),
      bindings.map(({ sequence }) => sequence),
      Math.floor(readSince),
    );
    return rows.map(({ reached }) => reached);
  }

  /** Moodle numbers of groups, by {@link groupKey}. */
  async groups(names: readonly GroupName[]): Promise<Map<string, number>> {
    if (names.length === 0) return new Map();
    const rows: { group: GroupName & { id: number } }[] = await this.ask(
      findGroups,
      names.map(({ courseId }) => courseId),
      names.map(({ name }) => name),
    );
    return new Map(rows.map(({ group }) => [groupKey(group), group.id]));
  }

  async keepGroups(ids: ReadonlyMap<string, number>): Promise<void> {
    if (ids.size === 0) return;
    const groups = [...ids.keys()].map(groupOf);
    await this.ask(
      keepGroups,
      groups.map(({ courseId }) => courseId),
      groups.map(({ name }) => name),
      [...ids.values()],
    );
  }

  private ask<T>(statement: string, ...values: unknown[]): Promise<T> {
    return this.dataSource.query<T>(statement, [this.system, ...values]);
  }
}
