import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** The last change of the set of courses of one system, curriculum and semester. */
@Entity('binding_changes')
@Index('binding_changes_sequence', ['system', 'sequence'])
export class BindingChangeRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  curriculum: string;

  @PrimaryColumn({ type: 'int' })
  semester: number;

  @Column({ type: 'bigint', transformer: bigint })
  sequence: number;
}
