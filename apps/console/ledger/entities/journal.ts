import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** Every event, without names. A pass of a student is its revision. */
@Entity('journal')
@Index('journal_of_subject', ['system', 'subject', 'at'])
@Index('journal_received', ['received'])
@Index('journal_of_system', ['system', 'received'])
@Index('journal_of_rare_type', { synchronize: false })
@Index('journal_of_moodle_user', { synchronize: false })
@Index('journal_of_curriculum', { synchronize: false })
export class JournalRow {
  @PrimaryColumn({ name: 'event_id', type: 'text' })
  eventId: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text' })
  system: string;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  revision: number | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'timestamptz' })
  received: Date;

  @Column({ name: 'trace_id', type: 'text', nullable: true })
  traceId: string | null;

  @Column({ type: 'jsonb' })
  data: unknown;
}
