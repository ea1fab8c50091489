import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Bilingual, Told as ToldWord } from '#contracts';
import { bigint } from '../schema/bigint.js';

/** Why a pause is there, and so who may end it: the two first end by themselves, a person's only by a person. */
/** `broker`: it takes no messages, so nothing that follows could be told on. */
export const pauseKinds = ['outage', 'configuration', 'person', 'broker'] as const;
export type PauseKind = (typeof pauseKinds)[number];

/** While it stands, this service takes nothing of this system's queue. */
@Entity({ schema: 'operations', name: 'pause' })
@Check('pause_kind', `"kind" in ('outage', 'configuration', 'person', 'broker')`)
export class Pause {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  service: string;

  @PrimaryColumn({ type: 'text' })
  kind: PauseKind;

  @Column({ type: 'jsonb' })
  reason: Bilingual;

  /** What to do about it. */
  @Column({ type: 'jsonb', nullable: true })
  cure: Bilingual | null;

  /** The service or the person that put it. */
  @Column({ type: 'text' })
  by: string;

  @Column({ type: 'timestamptz' })
  since: Date;
}

export type ToldToOneC = Exclude<ToldWord, 'nothing'>;

/** What 1C was last told of a student. */
@Entity({ schema: 'operations', name: 'told' })
@Check('told_told', `"told" in ('later', 'error', 'synchronized')`)
export class Told {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  @Column({ type: 'text' })
  told: ToldToOneC;

  /** Unix seconds until which 1C hides the student; none after an error. */
  @Column({ name: 'valid_until', type: 'bigint', nullable: true, transformer: bigint })
  validUntil: number | null;

  /** For how many hours *later* was said, whoever said it: the next in a row is twice as long. */
  @Column({ name: 'later_hours', type: 'integer', nullable: true })
  laterHours: number | null;
}

/** Something a person asks of one service, from outside it: the service looks for its own, does it and says how it went. */
@Entity({ schema: 'operations', name: 'errand' })
@Index('errand_open', { synchronize: false })
export class Errand {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  service: string;

  /** Null: it concerns no system. */
  @Column({ type: 'text', nullable: true })
  system: string | null;

  /** `release-flags`, `ask-now`, `pages-looked-after`, `known-accounts`, `put-account`, `remove-account` ... */
  @Column({ type: 'text' })
  what: string;

  /** Emptied when the errand is done. */
  @Column({ type: 'jsonb', nullable: true })
  payload: unknown;

  @Column({ type: 'text' })
  by: string;

  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt: Date;

  /** When whoever is at it last said so. */
  @Column({ name: 'begun_at', type: 'timestamptz', nullable: true })
  begunAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  result: unknown;

  /** Why it could not be done. */
  @Column({ type: 'jsonb', nullable: true })
  failure: Bilingual | null;
}

/** A trouble that stands and that no message carries; the service that found it takes it away. */
@Entity({ schema: 'operations', name: 'trouble' })
export class Trouble {
  @PrimaryColumn({ type: 'text' })
  service: string;

  /** Empty: it concerns no one system. */
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  check: string;

  /** A student's code, or a place. */
  @PrimaryColumn({ type: 'text' })
  about: string;

  @Column({ type: 'jsonb' })
  what: Bilingual;

  @Column({ type: 'jsonb' })
  mend: Bilingual;

  @Column({ type: 'timestamptz' })
  since: Date;
}

/** What one process of a service does with one system's queue, as it says itself every few seconds. */
@Entity({ schema: 'operations', name: 'consumer' })
export class Consumer {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  service: string;

  /** Host and a word of its own: a process that begins anew is another one. */
  @PrimaryColumn({ type: 'text' })
  process: string;

  /** `standby`, `paused`, `consuming` */
  @Column({ type: 'text' })
  state: string;

  /** Messages taken and not yet settled. */
  @Column({ name: 'in_hand', type: 'integer' })
  inHand: number;

  /** Since when the one of them is under way that has been so for the longest. */
  @Column({ type: 'timestamptz', nullable: true })
  oldest: Date | null;

  /** Settled since the process began, by outcome. */
  @Column({ type: 'jsonb' })
  settled: Record<string, number>;

  /** When it said so last. */
  @Column({ type: 'timestamptz' })
  seen: Date;
}

export const operationsEntities = [Pause, Told, Errand, Trouble, Consumer];
