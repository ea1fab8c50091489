import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StudentChanged } from '#contracts';
import { bigint } from '#persistence';

/** One student code in one system. */
@Entity({ name: 'studies', schema: 'user_provisioner' })
@Index('studies_by_person', ['system', 'personKey'])
export class StudyRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ name: 'person_key', type: 'text' })
  personKey: string;

  @Column({ type: 'bigint', transformer: bigint })
  seen: number;

  /** StudentChanged of the seen revision: what a vanished account is made of anew. */
  @Column({ type: 'jsonb' })
  content: StudentChanged;

  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  applied: number | null;

  /** Whether the applied revision made the account: repeated as it was first said. */
  @Column({ type: 'boolean', default: false })
  created: boolean;

  /** Cause for which the newest try was given up; null after a success. */
  @Column({ type: 'text', nullable: true })
  failed: string | null;

  @Column({ name: 'looked_up', type: 'bigint', nullable: true, transformer: bigint })
  lookedUp: number | null;

  /** Unix milliseconds. */
  @Column({ name: 'looked_up_at', type: 'bigint', nullable: true, transformer: bigint })
  lookedUpAt: number | null;
}
