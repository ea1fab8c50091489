import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Counts, Course, Origin } from '#contracts';
import { bigint } from '#persistence';

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
