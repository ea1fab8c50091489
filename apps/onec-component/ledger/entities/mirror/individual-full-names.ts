import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Register IndividualFullName. */
@Entity('individual_full_names')
export class IndividualFullNameRow {
  @PrimaryColumn({ type: 'text' })
  individual: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @Column({ type: 'text' })
  lastname: string;

  @Column({ type: 'text' })
  firstname: string;

  @Column({ type: 'text' })
  middlename: string;
}
