import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('departments')
export class DepartmentRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;
}
