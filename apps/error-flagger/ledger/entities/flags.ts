import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** A SetErrorCronflag of the last hour, written before the call: what the limit counts. */
@Entity('flags')
@Index('flags_at', ['system', 'time'])
export class FlagRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @PrimaryColumn({ type: 'bigint', transformer: bigint })
  revision: number;

  /** Milliseconds. */
  @Column({ name: 'at', type: 'bigint', transformer: bigint })
  time: number;
}
