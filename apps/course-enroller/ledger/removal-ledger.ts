import type { DataSource } from 'typeorm';
import { hour, leavingKey, type Decision, type Leaving, type WhyHeld } from '../removals/removals.js';

export interface HeldRemoval extends Leaving {
  /** Codes of the account's studies. */
  codes: string[];
  /** Milliseconds. */
  since: number;
  why: WhyHeld;
  /** Released, and not done yet. */
  released: boolean;
}

/** Which of the held ones a person means; nothing said: all of them. */
export interface Selection {
  courses?: readonly number[];
  codes?: readonly string[];
}

/** What is discarded is decided for good. */
const selected = `h.system = $1 and h.decision is distinct from 'discarded' and ($2::bigint[] is null or h.course_id = any($2))
  and ($3::text[] is null or exists (select from course_enroller.studies s
    where s.system = h.system and s.moodle_user_id = h.moodle_user_id and s.code = any($3)))`;

const usersAndCourses = (leaving: readonly Leaving[]): [number[], number[]] => [
  leaving.map(({ userId }) => userId),
  leaving.map(({ courseId }) => courseId),
];

/** Suspensions of the last hour, and those that are held until a person decides. */
export class RemovalLedger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly system: string,
  ) {}

  /** Of these accounts. */
  async heldOf(userIds: readonly number[]): Promise<(Leaving & { decision?: Decision })[]> {
    if (userIds.length === 0) return [];
    const rows: { user: string; course: string; decision: Decision | null }[] = await this.dataSource.query(
      `select moodle_user_id as user, course_id as course, decision from course_enroller.removals_held
       where system = $1 and moodle_user_id = any($2)`,
      [this.system, userIds],
    );
    return rows.map(({ user, course, decision }) => ({
      userId: Number(user),
      courseId: Number(course),
      decision: decision ?? undefined,
    }));
  }

  async hold(leaving: readonly Leaving[], why: WhyHeld, now: number): Promise<void> {
    if (leaving.length === 0) return;
    await this.dataSource.query(
      `insert into course_enroller.removals_held (system, moodle_user_id, course_id, since, why)
       select $1, held.*, $4, $5 from unnest($2::bigint[], $3::bigint[]) as held on conflict do nothing`,
      [this.system, ...usersAndCourses(leaving), now, why],
    );
  }

  async letGo(leaving: readonly Leaving[]): Promise<void> {
    if (leaving.length === 0) return;
    await this.dataSource.query(
      `delete from course_enroller.removals_held where system = $1
       and (moodle_user_id, course_id) in (select * from unnest($2::bigint[], $3::bigint[]))`,
      [this.system, ...usersAndCourses(leaving)],
    );
  }

  /** How many the last hour has seen, and which of these are among them. */
  async ofLastHour(
    leaving: readonly Leaving[],
    now: number,
  ): Promise<{ number: number; counted: ReadonlySet<string> }> {
    await this.dataSource.query('delete from course_enroller.removals where system = $1 and at <= $2', [
      this.system,
      now - hour,
    ]);
    const rows: { user: string; course: string }[] = await this.dataSource.query(
      `select moodle_user_id as user, course_id as course from course_enroller.removals where system = $1
       and (moodle_user_id, course_id) in (select * from unnest($2::bigint[], $3::bigint[]))`,
      [this.system, ...usersAndCourses(leaving)],
    );
    const [all]: { number: number }[] = await this.dataSource.query(
      'select count(*)::int as number from course_enroller.removals where system = $1',
      [this.system],
    );
    return {
      number: all!.number,
      counted: new Set(rows.map(({ user, course }) => leavingKey({ userId: Number(user), courseId: Number(course) }))),
    };
  }

  /** Written before the call: the limit holds also when the process dies in between. */
  async count(leaving: readonly Leaving[], now: number): Promise<void> {
    if (leaving.length === 0) return;
    await this.dataSource.query(
      `insert into course_enroller.removals (system, moodle_user_id, course_id, at)
       select $1, gone.*, $4 from unnest($2::bigint[], $3::bigint[]) as gone on conflict do nothing`,
      [this.system, ...usersAndCourses(leaving), now],
    );
  }

  /** Enrolments that we made and that are active. */
  async enrolments(): Promise<number> {
    const [row]: { number: number }[] = await this.dataSource.query(
      `select count(*)::int as number from course_enroller.accounts, jsonb_each(accounts.enrolments) as entry
       where system = $1 and entry.value->'is'->>'suspended' = 'false'`,
      [this.system],
    );
    return row!.number;
  }

  /** Does any student of the system want any course? */
  async anyWanted(): Promise<boolean> {
    const [row]: { wanted: boolean }[] = await this.dataSource.query(
      `select exists (
         select from course_enroller.studies s left join course_enroller.bindings b
           on b.system = s.system and b.curriculum = s.curriculum and b.semester = s.semester
             and s.origin = 'onec' and b.sequence > s.binding_sequence
         where s.system = $1 and s.active and jsonb_array_length(coalesce(b.courses, s.courses)) > 0) as wanted`,
      [this.system],
    );
    return row!.wanted;
  }

  /** Those that still wait for a person: what is released is on its way. */
  async waiting(): Promise<number> {
    const [row]: { number: number }[] = await this.dataSource.query(
      'select count(*)::int as number from course_enroller.removals_held where system = $1 and decision is null',
      [this.system],
    );
    return row!.number;
  }

  async list(selection: Selection, limit: number): Promise<HeldRemoval[]> {
    const rows: {
      user: string;
      course: string;
      since: string;
      why: WhyHeld;
      released: boolean;
      codes: string[] | null;
    }[] = await this.dataSource.query(
      `select h.moodle_user_id as user, h.course_id as course, h.since, h.why, coalesce(h.decision = 'released', false) as released,
         (select array_agg(s.code order by s.code) from course_enroller.studies s
          where s.system = h.system and s.moodle_user_id = h.moodle_user_id) as codes
       from course_enroller.removals_held h where ${selected} order by h.course_id, h.moodle_user_id limit $4`,
      [...this.valuesOf(selection), limit],
    );
    return rows.map(({ user, course, since, why, released, codes }) => ({
      userId: Number(user),
      courseId: Number(course),
      codes: codes ?? [],
      since: Number(since),
      why,
      released,
    }));
  }

  /** One study of each account that has something released now. An account without a study is nobody's any more. */
  async release(selection: Selection): Promise<{ number: number; codes: string[] }> {
    await this.dataSource.query(
      `delete from course_enroller.removals_held h where ${selected} and not exists (
         select from course_enroller.studies s where s.system = h.system and s.moodle_user_id = h.moodle_user_id)`,
      this.valuesOf(selection),
    );
    const [rows]: [{ user: string }[], number] = await this.dataSource.query(
      `update course_enroller.removals_held h set decision = 'released' where ${selected} returning moodle_user_id as user`,
      this.valuesOf(selection),
    );
    const codes: { code: string }[] = await this.dataSource.query(
      `select min(code) as code from course_enroller.studies where system = $1 and moodle_user_id = any($2)
       group by moodle_user_id order by 1`,
      [this.system, rows.map(({ user }) => user)],
    );
    return { number: rows.length, codes: codes.map(({ code }) => code) };
  }

  /** @returns how many */
  async discard(selection: Selection): Promise<number> {
    const [, number]: [unknown, number] = await this.dataSource.query(
      `update course_enroller.removals_held h set decision = 'discarded' where ${selected}`,
      this.valuesOf(selection),
    );
    return number;
  }

  async forgetAll(): Promise<void> {
    await this.dataSource.query('delete from course_enroller.removals_held where system = $1', [this.system]);
  }

  private valuesOf({ courses, codes }: Selection): [string, readonly number[] | null, readonly string[] | null] {
    return [this.system, courses ?? null, codes ?? null];
  }
}
