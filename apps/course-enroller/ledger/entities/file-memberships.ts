import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** A role of a person in a course, as the file for Moodle tells it. What has ended stays: its end must be told for ever. */
@Entity({ name: 'file_memberships' })
@Index('file_memberships_person', ['system', 'moodleUserId'])
export class FileMembershipRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'course_id', type: 'bigint', transformer: bigint })
  courseId: number;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  /** The role type of the format as a number: 1 to 8. */
  @PrimaryColumn({ name: 'role_id', type: 'integer' })
  roleId: number;

  @Column({ type: 'boolean' })
  active: boolean;

  /** Unix seconds, 0: none. */
  @Column({ type: 'bigint', transformer: bigint })
  begins: number;

  /** Unix seconds, 0: never. */
  @Column({ type: 'bigint', transformer: bigint })
  ends: number;

  /** Group within the course. */
  @Column({ name: 'study_group', type: 'text', nullable: true })
  group: string | null;
}
