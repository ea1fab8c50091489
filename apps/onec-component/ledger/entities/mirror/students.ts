import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Directory Students: one row per study of a person. */
@Entity('students')
export class StudentRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  /** The human: key of IndividualFullName. */
  @Column({ type: 'text' })
  individual: string;
}
