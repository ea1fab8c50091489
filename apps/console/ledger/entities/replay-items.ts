import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

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

  /** Why it failed again, or what came of it. */
  @Column({ name: 'said', type: 'text', nullable: true })
  remark: string | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
