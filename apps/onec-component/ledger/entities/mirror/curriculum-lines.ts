import { Entity, PrimaryColumn } from 'typeorm';
import type { DisciplineKind } from './disciplines.js';

@Entity('curriculum_lines')
export class CurriculumLineRow {
  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ name: 'discipline_kind', type: 'text' })
  disciplineKind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  discipline: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  /** Teaching department. */
  @PrimaryColumn({ type: 'text' })
  department: string;
}
