import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A discipline is a reference into one of three directories. */
export const disciplineKinds = ['Discipline', 'Cycle', 'Practice'] as const;
export type DisciplineKind = (typeof disciplineKinds)[number];

/** Directories Disciplines, Cycles and Practices. */
@Entity('disciplines')
export class DisciplineRow {
  @PrimaryColumn({ type: 'text' })
  kind: DisciplineKind;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;
}
