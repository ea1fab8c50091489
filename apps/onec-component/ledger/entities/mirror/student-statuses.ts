import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Register StudentStatus. Two rows of one period are a fault of the data that GetStudents must see. */
@Entity('student_statuses')
export class StudentStatusRow {
  @PrimaryColumn({ type: 'text' })
  student: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @PrimaryColumn({ type: 'int' })
  line: number;

  @Column({ type: 'text' })
  status: string;

  @Column({ name: 'study_group', type: 'text', nullable: true })
  studyGroup: string | null;

  @Column({ type: 'int', nullable: true })
  semester: number | null;

  /** Code of the curriculum where the state names it, empty where it names none; null: it is found by the group. */
  @Column({ type: 'text', nullable: true })
  curriculum: string | null;
}
