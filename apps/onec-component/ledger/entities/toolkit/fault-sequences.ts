import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** The last number given to a fault of the system. */
@Entity('fault_sequences')
export class FaultSequenceRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @Column({ type: 'bigint', transformer: bigint })
  last: number;
}
