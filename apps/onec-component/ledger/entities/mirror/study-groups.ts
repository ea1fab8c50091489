import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Directory StudyGroups. */
@Entity('study_groups')
export class StudyGroupRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  /** Year of enrolment. */
  @Column({ type: 'int', nullable: true })
  year: number | null;

  @Column({ type: 'text', nullable: true })
  field: string | null;

  @Column({ type: 'text', nullable: true })
  profile: string | null;

  @Column({ type: 'text', nullable: true })
  mode: string | null;

  @Column({ type: 'text', nullable: true })
  site: string | null;

  @Column({ type: 'text', nullable: true })
  faculty: string | null;
}
