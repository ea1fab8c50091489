import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** A suspension of the last hour, written before the call: what the limit counts. */
@Entity({ name: 'removals' })
@Index('removals_at', ['system', 'time'])
export class RemovalRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  @PrimaryColumn({ name: 'course_id', type: 'bigint', transformer: bigint })
  courseId: number;

  /** Milliseconds. */
  @Column({ name: 'at', type: 'bigint', transformer: bigint })
  time: number;
}
