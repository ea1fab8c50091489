import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigint } from '#persistence';

/** Who did what, when and why. Codes of students may stand in it, their names never. */
@Entity('audit')
@Index('audit_time', ['time'])
export class AuditRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column({ type: 'timestamptz' })
  time: Date;

  /** Login, or the name of a user of the command line. */
  @Column({ type: 'text' })
  by: string;

  /** `replay.start` */
  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text', nullable: true })
  system: string | null;

  /** The id of what it was done to. */
  @Column({ type: 'text', nullable: true })
  about: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Names of the fields that were given or changed. */
  @Column({ type: 'jsonb' })
  fields: string[];

  /** Null: it is not known how it ended; the process may have died. */
  @Column({ type: 'text', nullable: true })
  outcome: 'done' | 'failed' | null;

  /** How many it touched. */
  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  number: number | null;
}
