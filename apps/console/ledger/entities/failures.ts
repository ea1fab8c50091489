import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MessagePropertyHeaders } from 'amqplib';
import type { Bilingual, FailureKind, Origin } from '#contracts';
import { bigint } from '#persistence';
import type { Attempt, CauseInGroup, Note, State } from '../../failures/failure.js';

/** A dead letter, or a failure that 1C itself has found. */
@Entity('failures')
@Index('failures_of_subject', ['system', 'subject'])
@Index('failures_of_cause', ['fingerprint', 'state'])
@Index('failures_in_state', ['state', 'lastSeen'])
@Index('failures_owed', { synchronize: false })
@Check('failures_state', `"state" in ('open', 'replaying', 'superseded', 'closed', 'archived')`)
export class FailureRow {
  /** `<event id>/<queue>` */
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'text' })
  system: string;

  @Column({ type: 'text' })
  service: string;

  /** Null: there is no message. */
  @Column({ type: 'text', nullable: true })
  queue: string | null;

  @Column({ type: 'jsonb' })
  message: { messageId?: string; type?: string; contentType?: string };

  /** The very bytes; null where there is no message. Holds names: goes with the row. */
  @Column({ type: 'bytea', nullable: true })
  body: Buffer | null;

  @Column({ type: 'jsonb' })
  headers: MessagePropertyHeaders;

  @Column({ name: 'event_type', type: 'text', nullable: true })
  eventType: string | null;

  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  revision: number | null;

  @Column({ type: 'text', nullable: true })
  origin: Origin | null;

  @Column({ name: 'trace_id', type: 'text', nullable: true })
  traceId: string | null;

  @Column({ type: 'text' })
  kind: FailureKind;

  @Column({ type: 'text' })
  cause: string;

  @Column({ type: 'text' })
  about: string;

  @Column({ type: 'jsonb' })
  reason: Bilingual;

  @Column({ type: 'jsonb', nullable: true })
  cure: Bilingual | null;

  /** Where there are several, each of them and the group that it makes, the one above first; else none. */
  @Column({ type: 'jsonb', default: () => `'[]'` })
  causes: CauseInGroup[];

  /** Of system, service, kind, cause and about. */
  @Column({ type: 'text' })
  fingerprint: string;

  @Column({ type: 'jsonb' })
  attempts: Attempt[];

  @Column({ type: 'jsonb' })
  deaths: string[];

  @Column({ name: 'first_seen', type: 'timestamptz' })
  firstSeen: Date;

  @Column({ name: 'last_seen', type: 'timestamptz' })
  lastSeen: Date;

  @Column({ type: 'text' })
  state: State;

  @Column({ name: 'closed_by', type: 'text', nullable: true })
  closedBy: string | null;

  /** Since when it is no longer open: from then on its days are counted. */
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Column({ type: 'uuid', nullable: true })
  replay: string | null;

  @Column({ name: 'told_on', type: 'text' })
  toldOn: 'no' | 'owed' | 'told';

  /** 1C was asked again. */
  @Column({ name: 'asked_at', type: 'timestamptz', nullable: true })
  askedAt: Date | null;

  @Column({ type: 'jsonb', default: () => `'[]'` })
  notes: Note[];
}
