import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** A publication as it is stored: `at` is its time. */
export interface StoredPublication {
  hash: string;
  at: number;
}

/** A person in the window: what was published last, and what is owed. */
@Entity('students')
@Index('students_in_flight', { synchronize: false })
@Index('students_due', { synchronize: false })
export class StudentRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  /** Content of the last publication; empty: there was none. */
  @Column({ type: 'text' })
  hash: string;

  /** On the system's running clock (milliseconds): since when a place is held. Null: none is. */
  @Column({ name: 'in_flight_since', type: 'bigint', nullable: true, transformer: bigint })
  inFlightSince: number | null;

  /** The broker has confirmed what the place stands for. */
  @Column({ type: 'boolean' })
  marked: boolean;

  /** Publications of the last hour. */
  @Column({ type: 'jsonb' })
  recent: StoredPublication[];

  /** The first file whose change is not yet published. Null: there is none. */
  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  due: number | null;

  /** Not to be looked at before, milliseconds. */
  @Column({ name: 'not_before', type: 'bigint', transformer: bigint })
  notBefore: number;

  /** How the last revision ended. Null: it is under way, or was given up. */
  @Column({ type: 'text', nullable: true })
  ended: 'done' | 'failed' | null;
}
