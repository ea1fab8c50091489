import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** One row: the last number given. Its row lock, held to commit, makes the order of numbers the order of commits. */
@Entity('binding_sequence')
export class BindingSequenceRow {
  @PrimaryColumn({ type: 'int' })
  one: number;

  @Column({ type: 'bigint', transformer: bigint })
  last: number;
}
