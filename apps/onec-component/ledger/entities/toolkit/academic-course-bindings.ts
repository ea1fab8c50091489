import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DisciplineKind } from '../mirror/disciplines.js';

/** Register AcademicCourseBinding: subordinate to its recorder, within a second. Key: dimensions and period. */
@Entity('academic_course_bindings')
@Index('academic_course_bindings_recorder', ['recorder'])
@Check('academic_course_bindings_course', 'course_id >= 0')
export class AcademicCourseBindingRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  @PrimaryColumn({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  discipline: string;

  /** Teaching department. */
  @PrimaryColumn({ type: 'text' })
  department: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  /** 0: an empty binding. */
  @Column({ name: 'course_id', type: 'int' })
  courseId: number;

  @Column({ type: 'uuid' })
  recorder: string;

  @Column({ type: 'int' })
  line: number;
}
