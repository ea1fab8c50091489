import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

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
