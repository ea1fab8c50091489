import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

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
