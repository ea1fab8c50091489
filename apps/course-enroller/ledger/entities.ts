import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Counts, Course, Origin } from '#contracts';
import { bigint } from '#persistence';
import type { Decision, WhyHeld } from '../removals/removals.js';

@Entity({ name: 'studies' })
@Index('studies_person', ['system', 'personKey'])
@Index('studies_curriculum', ['system', 'curriculum', 'semester'])
export class StudyRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ name: 'person_key', type: 'text' })
  personKey: string;

  @Column({ type: 'text' })
  origin: Origin;

  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ name: 'moodle_user_id', type: 'bigint', nullable: true, transformer: bigint })
  moodleUserId: number | null;

  @Column({ name: 'account_created', type: 'boolean' })
  accountCreated: boolean;

  /** The academic group. */
  @Column({ name: 'study_group', type: 'text' })
  group: string;

  @Column({ type: 'text', nullable: true })
  curriculum: string | null;

  @Column({ type: 'integer', nullable: true })
  semester: number | null;

  @Column({ type: 'jsonb' })
  courses: Course[];

  @Column({ name: 'binding_sequence', type: 'bigint', nullable: true, transformer: bigint })
  bindingSequence: number | null;

  @Column({ type: 'bigint', transformer: bigint })
  seen: number;

  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  applied: number | null;

  @Column({ name: 'applied_user_id', type: 'bigint', nullable: true, transformer: bigint })
  appliedUserId: number | null;

  /** Of the applied revision. */
  @Column({ type: 'jsonb', nullable: true })
  counts: Counts | null;

  /** Unix seconds: first completion of the applied revision + period. */
  @Column({ name: 'valid_until', type: 'bigint', nullable: true, transformer: bigint })
  validUntil: number | null;

  /** Cause for which the newest try was given up; null after a success. */
  @Column({ type: 'text', nullable: true })
  failed: string | null;

  /** Revision for which AccountMissing has been sent. */
  @Column({ name: 'missing_asked', type: 'bigint', nullable: true, transformer: bigint })
  missingAsked: number | null;

  /** The event that gave rise to it: redelivered, it asks again, for the asking may have been lost. */
  @Column({ name: 'missing_asked_by', type: 'text', nullable: true })
  missingAskedBy: string | null;

  /** The account that was missing: a message of the same revision that still names it is older than one that does not. */
  @Column({ name: 'missing_user_id', type: 'bigint', nullable: true, transformer: bigint })
  missingUserId: number | null;
}

@Entity({ name: 'bindings' })
export class BindingRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'integer' })
  semester: number;

  @Column({ type: 'jsonb' })
  courses: number[];

  @Column({ type: 'bigint', transformer: bigint })
  sequence: number;
}

/** What we made, course by course, in one Moodle account. */
@Entity({ name: 'accounts' })
export class AccountRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  /** Course id -> StoredEntry. */
  @Column({ type: 'jsonb' })
  enrolments: Record<string, unknown>;

  /** `<course id>/<group>`, course 0 = site cohort -> Membership. */
  @Column({ type: 'jsonb' })
  memberships: Record<string, string>;
}

/** Groups (course 0: cohorts) whose Moodle number is known. */
@Entity({ name: 'groups' })
export class GroupRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'course_id', type: 'bigint', transformer: bigint })
  courseId: number;

  @PrimaryColumn({ type: 'text' })
  name: string;

  @Column({ name: 'moodle_id', type: 'bigint', transformer: bigint })
  moodleId: number;
}

/** A suspension of the last hour, written before the call: what the limit counts. */
@Entity({ name: 'removals' })
@Index('removals_at', ['system', 'at'])
export class RemovalRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  @PrimaryColumn({ name: 'course_id', type: 'bigint', transformer: bigint })
  courseId: number;

  /** Milliseconds. */
  @Column({ type: 'bigint', transformer: bigint })
  at: number;
}

/** A suspension that is held until a person decides, or until the course is wanted again. */
@Entity({ name: 'removals_held' })
@Check('removals_held_why', `"why" in ('limit', 'emptied')`)
@Check('removals_held_decision', `"decision" in ('released', 'discarded')`)
export class HeldRemovalRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  @PrimaryColumn({ name: 'course_id', type: 'bigint', transformer: bigint })
  courseId: number;

  /** Milliseconds. */
  @Column({ type: 'bigint', transformer: bigint })
  since: number;

  @Column({ type: 'text' })
  why: WhyHeld;

  @Column({ type: 'text', nullable: true })
  decision: Decision | null;
}

export const entities = [StudyRow, BindingRow, AccountRow, GroupRow, RemovalRow, HeldRemovalRow];
