import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An account, made or to be made, of one person in one system. */
@Entity({ name: 'accounts', schema: 'user_provisioner' })
@Index('accounts_by_base', ['system', 'base'], { where: 'base is not null' })
@Index('accounts_by_moodle_user', ['system', 'moodleUserId'])
@Index('accounts_by_username', ['system', 'username'])
export class AccountRow {
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
