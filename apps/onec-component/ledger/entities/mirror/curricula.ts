import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Directory Curricula. */
@Entity('curricula')
@Index('curricula_fit', ['year', 'field', 'profile', 'mode', 'site'])
export class CurriculumRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

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

  @Column({ type: 'boolean' })
  template: boolean;

  /** Development status. */
  @Column({ type: 'text' })
  status: string;

  @Column({ name: 'graduating_department', type: 'text', nullable: true })
  graduatingDepartment: string | null;

  /** Level of training. */
  @Column({ type: 'text', nullable: true })
  level: string | null;
}
