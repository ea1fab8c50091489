import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

@Entity({ name: 'bindings' })
export class BindingRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'integer' })
  semester: number;

  @Column({ type: 'jsonb' })
  courses: number[];

  @Column({ type: 'bigint', transformer: bigint })
  sequence: number;
}
