import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** Events that were published and did not reach the journal. */
@Entity('gaps')
export class GapRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  publisher: string;

  @PrimaryColumn({ name: 'first_missing', type: 'bigint', transformer: bigint })
  from: number;

  @Column({ name: 'last_missing', type: 'bigint', transformer: bigint })
  to: number;

  /** Less than the numbers say where some have come late. */
  @Column({ type: 'bigint', transformer: bigint })
  missing: number;

  @Column({ type: 'timestamptz', nullable: true })
  after: Date | null;

  @Column({ type: 'timestamptz' })
  before: Date;
}
