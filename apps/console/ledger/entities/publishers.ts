import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** The last number that a publisher gave to a copy for the journal. */
@Entity('publishers')
export class PublisherRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  publisher: string;

  @Column({ type: 'bigint', transformer: bigint })
  n: number;

  @Column({ type: 'timestamptz' })
  at: Date;
}
