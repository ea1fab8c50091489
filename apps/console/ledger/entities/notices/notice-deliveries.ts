import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

/** One notice by one channel: still to be sent, sent, or given up. */
@Entity('notice_deliveries')
@Check('notice_delivery_channel', `"channel" in ('mail', 'webhook')`)
export class NoticeDeliveryRow {
  @PrimaryColumn({ type: 'uuid' })
  notice: string;

  @PrimaryColumn({ type: 'text' })
  channel: 'mail' | 'webhook';

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ name: 'next_at', type: 'timestamptz' })
  nextAt: Date;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ name: 'given_up_at', type: 'timestamptz', nullable: true })
  givenUpAt: Date | null;

  /** Why it did not go the last time; or whom it did not reach. */
  @Column({ type: 'jsonb', nullable: true })
  reason: Bilingual | null;
}
