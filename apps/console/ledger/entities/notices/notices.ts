import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Item } from '../../../notices/rules/tell.js';

/** What is told in one piece. Its id makes the Message-ID, so that a mail sent twice is known for the same. */
@Entity('notices')
@Index('notices_time', { synchronize: false })
export class NoticeRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'timestamptz' })
  time: Date;

  @Column({ type: 'jsonb' })
  items: Item[];

  /** Troubles that stand after it. */
  @Column({ type: 'integer' })
  standing: number;
}
