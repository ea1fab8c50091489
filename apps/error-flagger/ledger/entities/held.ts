import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** A flag that the limit held back, until a release, a newer outcome, or 1C's next offer. */
@Entity('held')
export class HeldRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;
}
