import type { DataSource } from 'typeorm';
import type { Course, Counts, Origin } from '#contracts';
import { entities } from './entities.js';
import { groupKey, groupOf, type GroupName, type Membership } from '../rules/grouping.js';
import { StudiesBindingsAccounts1763750000000 } from './migrations/1763750000000-studies-bindings-accounts.js';
import { Removals1790000500000 } from './migrations/1790000500000-removals.js';
import { StudyFailed1790000600000 } from './migrations/1790000600000-study-failed.js';
import { MissingAccount1790000700000 } from './migrations/1790000700000-missing-account.js';
import type { Entry } from '../rules/plan.js';
import { bindingKey, type Binding, type Study } from '../intake/study.js';

/** What `persistence()` needs to know of this service's tables. */
export const ledgerSchema = {
  schema: 'course_enroller',
  entities,
  migrations: [
    StudiesBindingsAccounts1763750000000,
    Removals1790000500000,
    StudyFailed1790000600000,
    MissingAccount1790000700000,
  ],
};

/** What was made in one Moodle account. */
export interface Account {
  moodleUserId: number;
  enrolments: Map<number, Entry>;
  memberships: Map<string, Membership>;
}

/** A study that a binding change reaches, and its newest revision. */
export interface Reached {
  code: string;
  seen: number;
}

interface RawStudy {
  code: string;
  person_key: string;
  origin: Origin;
  active: boolean;
  moodle_user_id: string | null;
  account_created: boolean;
  study_group: string;
  curriculum: string | null;
  semester: number | null;
  courses: Course[];
  binding_sequence: string | null;
  seen: string;
  applied: string | null;
  applied_user_id: string | null;
  counts: Counts | null;
  valid_until: string | null;
  failed: string | null;
  missing_asked: string | null;
  missing_asked_by: string | null;
  missing_user_id: string | null;
}

const number = (value: string | null): number | undefined => (value === null ? undefined : Number(value));

const studyFrom = (row: RawStudy): Study => ({
  code: row.code,
  personKey: row.person_key,
  origin: row.origin,
  active: row.active,
  moodleUserId: number(row.moodle_user_id),
  accountCreated: row.account_created,
  group: row.study_group,
  curriculum: row.curriculum ?? undefined,
  semester: row.semester ?? undefined,
  courses: row.courses,
  bindingSequence: number(row.binding_sequence),
  seen: Number(row.seen),
  applied: number(row.applied),
  appliedUserId: number(row.applied_user_id),
  counts: row.counts ?? undefined,
  validUntil: number(row.valid_until),
  failed: row.failed ?? undefined,
  missingAsked: number(row.missing_asked),
  missingAskedBy: row.missing_asked_by ?? undefined,
  missingUserId: number(row.missing_user_id),
});

/**
 * What the service knows: one statement for a whole batch, whatever its size. There is one writer per system: batches
 * of a queue are handled one after another, under the transport's lock.
 */
export class Ledger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly system: string,
  ) {}

  /** The studies of these codes, and all studies of the humans they or `personKeys` belong to. */
  async studies(codes: readonly string[], personKeys: readonly string[]): Promise<Map<string, Study>> {
    if (codes.length === 0) return new Map();
    const rows: RawStudy[] = await this.dataSource.query(
      `select * from studies where system = $1 and person_key = any(array(
         select unnest($3::text[]) union select person_key from studies where system = $1 and code = any($2)))`,
      [this.system, codes, personKeys],
    );
    return new Map(rows.map((row) => [row.code, studyFrom(row)]));
  }

  /** Sets what has been seen. How far it was made true is left alone. */
  async note(studies: readonly Study[]): Promise<void> {
    if (studies.length === 0) return;
    await this.dataSource.query(
      `insert into studies (system, code, person_key, origin, active, moodle_user_id, account_created, study_group,
                            curriculum, semester, courses, binding_sequence, seen)
       select $1, s."code", s."personKey", s."origin", s."active", s."moodleUserId", s."accountCreated", s."group",
              s."curriculum", s."semester", s."courses", s."bindingSequence", s."seen"
       from jsonb_to_recordset($2::jsonb) as s("code" text, "personKey" text, "origin" text, "active" boolean,
         "moodleUserId" bigint, "accountCreated" boolean, "group" text, "curriculum" text, "semester" integer,
         "courses" jsonb, "bindingSequence" bigint, "seen" bigint)
       on conflict on constraint studies_key do update set
         person_key = excluded.person_key, origin = excluded.origin, active = excluded.active,
         moodle_user_id = excluded.moodle_user_id, account_created = excluded.account_created,
         study_group = excluded.study_group, curriculum = excluded.curriculum, semester = excluded.semester,
         courses = excluded.courses, binding_sequence = excluded.binding_sequence, seen = excluded.seen
       where studies.seen <= excluded.seen`,
      [this.system, JSON.stringify(studies)],
    );
  }

  /** Records what was made true, for how long it holds, what was given up, and for whom AccountMissing is asked. */
  async record(studies: readonly Study[]): Promise<void> {
    if (studies.length === 0) return;
    await this.dataSource.query(
      `update studies set applied = s."applied", applied_user_id = s."appliedUserId", counts = s."counts",
              valid_until = s."validUntil", failed = s."failed", missing_asked = s."missingAsked",
              missing_asked_by = s."missingAskedBy", missing_user_id = s."missingUserId"
       from jsonb_to_recordset($2::jsonb) as s("code" text, "applied" bigint, "appliedUserId" bigint, "counts" jsonb,
         "validUntil" bigint, "failed" text, "missingAsked" bigint, "missingAskedBy" text,
         "missingUserId" bigint)
       where studies.system = $1 and studies.code = s."code"`,
      [this.system, JSON.stringify(studies)],
    );
  }

  async accounts(moodleUserIds: readonly number[]): Promise<Map<number, Account>> {
    if (moodleUserIds.length === 0) return new Map();
    const rows: {
      moodle_user_id: string;
      enrolments: Record<string, Entry>;
      memberships: Record<string, Membership>;
    }[] = await this.dataSource.query('select * from accounts where system = $1 and moodle_user_id = any($2)', [
      this.system,
      moodleUserIds,
    ]);
    return new Map(
      rows.map((row) => {
        const enrolments = new Map(Object.entries(row.enrolments).map(([id, entry]) => [Number(id), entry]));
        const memberships = new Map(Object.entries(row.memberships));
        const moodleUserId = Number(row.moodle_user_id);
        return [moodleUserId, { moodleUserId, enrolments, memberships }];
      }),
    );
  }

  /** Both the note before the deed and the record after it. */
  async keep(accounts: readonly Account[]): Promise<void> {
    if (accounts.length === 0) return;
    const rows = accounts.map(({ moodleUserId, enrolments, memberships }) => ({
      id: moodleUserId,
      enrolments: Object.fromEntries(enrolments),
      memberships: Object.fromEntries(memberships),
    }));
    await this.dataSource.query(
      `insert into accounts (system, moodle_user_id, enrolments, memberships)
       select $1, a.id, a.enrolments, a.memberships
       from jsonb_to_recordset($2::jsonb) as a(id bigint, enrolments jsonb, memberships jsonb)
       on conflict on constraint accounts_key
       do update set enrolments = excluded.enrolments, memberships = excluded.memberships`,
      [this.system, JSON.stringify(rows)],
    );
  }

  async bindings(of: readonly { curriculum: string; semester: number }[]): Promise<Map<string, Binding>> {
    if (of.length === 0) return new Map();
    const rows: (Omit<Binding, 'sequence'> & { sequence: string })[] = await this.dataSource.query(
      `select curriculum, semester, courses, sequence from bindings
       where system = $1 and (curriculum, semester) in (select * from unnest($2::text[], $3::int[]))`,
      [this.system, of.map((each) => each.curriculum), of.map((each) => each.semester)],
    );
    return new Map(rows.map((row) => [bindingKey(row), { ...row, sequence: Number(row.sequence) }]));
  }

  /** Keeps the newest of each curriculum and semester; give at most one of each. */
  async keepBindings(bindings: readonly Binding[]): Promise<void> {
    if (bindings.length === 0) return;
    await this.dataSource.query(
      `insert into bindings (system, curriculum, semester, courses, sequence)
       select $1, b.curriculum, b.semester, b.courses, b.sequence
       from jsonb_to_recordset($2::jsonb) as b(curriculum text, semester integer, courses jsonb, sequence bigint)
       on conflict on constraint bindings_key do update set courses = excluded.courses, sequence = excluded.sequence
       where bindings.sequence < excluded.sequence`,
      [this.system, JSON.stringify(bindings)],
    );
  }

  /** The studies a binding change reaches: read before it, and not before `readSince` (milliseconds). */
  async reachedBy(bindings: readonly Binding[], readSince: number): Promise<Reached[]> {
    if (bindings.length === 0) return [];
    const rows: { code: string; seen: string }[] = await this.dataSource.query(
      `select s.code, s.seen from studies s
       join jsonb_to_recordset($2::jsonb) as b(curriculum text, semester integer, sequence bigint)
         on s.curriculum = b.curriculum and s.semester = b.semester
       where s.system = $1 and s.active and s.origin = 'onec' and s.binding_sequence < b.sequence and s.seen >= $3
       order by s.code`,
      [this.system, JSON.stringify(bindings), Math.floor(readSince)],
    );
    return rows.map(({ code, seen }) => ({ code, seen: Number(seen) }));
  }

  /** Moodle numbers of groups, by {@link groupKey}. */
  async groups(names: readonly GroupName[]): Promise<Map<string, number>> {
    if (names.length === 0) return new Map();
    const rows: { course_id: string; name: string; moodle_id: string }[] = await this.dataSource.query(
      `select course_id, name, moodle_id from groups
       where system = $1 and (course_id, name) in (select * from unnest($2::bigint[], $3::text[]))`,
      [this.system, names.map((each) => each.courseId), names.map((each) => each.name)],
    );
    return new Map(
      rows.map((row) => [groupKey({ courseId: Number(row.course_id), name: row.name }), Number(row.moodle_id)]),
    );
  }

  async keepGroups(groups: ReadonlyMap<string, number>): Promise<void> {
    if (groups.size === 0) return;
    const rows = [...groups].map(([key, moodleId]) => ({ ...groupOf(key), moodleId }));
    await this.dataSource.query(
      `insert into groups (system, course_id, name, moodle_id)
       select $1, g."courseId", g.name, g."moodleId"
       from jsonb_to_recordset($2::jsonb) as g("courseId" bigint, name text, "moodleId" bigint)
       on conflict on constraint groups_key do update set moodle_id = excluded.moodle_id`,
      [this.system, JSON.stringify(rows)],
    );
  }
}
