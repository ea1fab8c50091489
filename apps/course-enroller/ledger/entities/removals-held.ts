import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';
import type { Decision, WhyHeld } from '../../removals/removals.js';

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
