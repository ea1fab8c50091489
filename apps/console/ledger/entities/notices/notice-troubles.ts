import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StandingTrouble } from '../../../notices/trouble.js';

/** A trouble that stands, or is over and not told so yet; and what of it has been told. */
@Entity('notice_troubles')
export class NoticeTroubleRow {
  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'jsonb' })
  trouble: StandingTrouble;

  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt: Date;

  /** Null: nothing of it has been told. */
  @Column({ name: 'told_number', type: 'integer', nullable: true })
  toldNumber: number | null;

  @Column({ name: 'grown_at', type: 'timestamptz', nullable: true })
  grownAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
