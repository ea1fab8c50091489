import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

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
  @Column({ name: 'said', type: 'jsonb', nullable: true })
  remark: Bilingual | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
