import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StudentChanged } from '#contracts';
import { bigint } from '#persistence';

/** An account, made or to be made, of one person in one system. */
@Entity({ name: 'accounts', schema: 'user_provisioner' })
@Index('accounts_by_base', ['system', 'base'], { where: 'base is not null' })
@Index('accounts_by_moodle_user', ['system', 'moodleUserId'])
export class Account {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'person_key', type: 'text' })
  personKey: string;

  /** Null: not made yet, or vanished. */
  @Column({ name: 'moodle_user_id', type: 'integer', nullable: true })
  moodleUserId: number | null;

  @Column({ type: 'text' })
  username: string;

  /** What a numbered username was made from. */
  @Column({ type: 'text', nullable: true })
  base: string | null;

  /** The address written last, or noted for the making. */
  @Column({ type: 'text' })
  email: string;

  /** The initial password, sealed. Null where the toolkit set none. */
  @Column({ type: 'text', nullable: true })
  password: string | null;

  /** The making was noted and its outcome is not known. */
  @Column({ type: 'boolean' })
  noted: boolean;

  /** Of what cannot be read back; as written last, or noted for the making. */
  @Column({ name: 'hidden_hash', type: 'text', nullable: true })
  hiddenHash: string | null;

  /** Of everything written last: equal, and Moodle is not called at all. */
  @Column({ name: 'content_hash', type: 'text', nullable: true })
  contentHash: string | null;

  @Column({ name: 'changed_at', type: 'timestamptz', default: () => 'now()' })
  changedAt: Date;
}

/** One student code in one system. */
@Entity({ name: 'studies', schema: 'user_provisioner' })
@Index('studies_by_person', ['system', 'personKey'])
export class Study {
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
