import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MessagePropertyHeaders } from 'amqplib';
import type { Bilingual, FailureKind, Origin } from '#contracts';
import { bigint } from '#persistence';
import type { Evidence } from './failures/evidence.js';
import type { Attempt, Note, State } from './failures/failure.js';

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

/** What is known of one student (or of one set of bindings) in one system. */
@Entity('known')
@Index('known_group', ['system', 'studyGroup'])
export class KnownRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'jsonb' })
  evidence: Evidence;

  @Column({ name: 'study_group', type: 'text', nullable: true })
  studyGroup: string | null;

  /** `synchronized`, `binding`, or a kind of failure. */
  @Column({ type: 'text', nullable: true })
  outcome: string | null;
}

/** Every event, without names. A pass of a student is its revision. */
@Entity('journal')
@Index('journal_of_subject', ['system', 'subject', 'at'])
@Index('journal_received', ['received'])
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

/** A person's order to put dead letters back. */
@Entity('replays')
@Check('replays_state', `"state" in ('running', 'stopped', 'done')`)
export class ReplayRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  by: string;

  /** What was chosen, in words that a person wrote or clicked. */
  @Column({ type: 'jsonb' })
  what: unknown;

  /** Messages in one flight. */
  @Column({ name: 'batch_size', type: 'integer' })
  batchSize: number;

  /** Messages a second at the most; null: as fast as the broker takes them. */
  @Column({ type: 'double precision', nullable: true })
  rate: number | null;

  /** One goes first; the others follow when it is through. */
  @Column({ name: 'try_first', type: 'boolean' })
  tryFirst: boolean;

  @Column({ type: 'boolean' })
  tried: boolean;

  @Column({ type: 'text' })
  state: 'running' | 'stopped' | 'done';

  /** Why it was stopped. */
  @Column({ type: 'jsonb', nullable: true })
  said: Bilingual | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}

export const itemStates = ['waiting', 'sending', 'sent', 'succeeded', 'failed', 'superseded', 'stopped'] as const;
export type ItemState = (typeof itemStates)[number];

/** One letter of a replay. A failure is in one running replay at the most. */
@Entity('replay_items')
@Index('replay_items_of_failure', ['failure'])
@Index('replay_items_next', ['replay', 'state', 'position'])
@Check(
  'replay_items_state',
  `"state" in ('waiting', 'sending', 'sent', 'succeeded', 'failed', 'superseded', 'stopped')`,
)
export class ReplayItemRow {
  @PrimaryColumn({ type: 'uuid' })
  replay: string;

  @PrimaryColumn({ type: 'text' })
  failure: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text' })
  state: ItemState;

  @Column({ type: 'text', nullable: true })
  said: string | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}

export const entities = [FailureRow, KnownRow, JournalRow, PublisherRow, GapRow, ReplayRow, ReplayItemRow];
