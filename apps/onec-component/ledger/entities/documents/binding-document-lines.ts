import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DisciplineKind } from '../mirror/disciplines.js';

/** A row of the document's tabular part. */
@Entity('binding_document_lines')
export class BindingDocumentLineRow {
  @PrimaryColumn({ type: 'uuid' })
  document: string;

  @PrimaryColumn({ type: 'int' })
  line: number;

  @Column({ type: 'text' })
  curriculum: string;

  @Column({ type: 'text' })
  department: string;

  @Column({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @Column({ type: 'text' })
  discipline: string;

  @Column({ type: 'int' })
  semester: number;

  @Column({ type: 'text' })
  system: string;

  @Column({ name: 'course_id', type: 'int' })
  courseId: number;

  /** Only these rows become records of the register. */
  @Column({ type: 'boolean' })
  change: boolean;

  @Column({ type: 'boolean' })
  several: boolean;

  /** What the register held when the line was shown; null: not known, or no record yet. */
  @Column({ name: 'shown_course', type: 'int', nullable: true })
  shownCourse: number | null;

  /** The period of that record. */
  @Column({ name: 'shown_period', type: 'timestamp', precision: 0, nullable: true })
  shownPeriod: string | null;
}
