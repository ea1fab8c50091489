import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';
import type { StoredOffer, StoredPublication } from '../stored.js';

/** One student as 1C last offered them, and the place in the window. */
@Entity('students')
@Index('students_in_flight', { synchronize: false })
@Index('students_owed', { synchronize: false })
export class StudentRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  /** Content of the last publication. */
  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  /** On the system's running clock (milliseconds): since when a place is held. Null: none is. */
  @Column({ name: 'in_flight_since', type: 'bigint', nullable: true, transformer: bigint })
  inFlightSince: number | null;

  /** The broker has confirmed what the place stands for. */
  @Column({ type: 'boolean' })
  marked: boolean;

  /** Publications of the last hour. */
  @Column({ type: 'jsonb' })
  recent: StoredPublication[];

  /** An error that 1C will not repeat and that is not yet journaled. */
  @Column({ type: 'jsonb', nullable: true })
  owed: StoredOffer | null;
}
