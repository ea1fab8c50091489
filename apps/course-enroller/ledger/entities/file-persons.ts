import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ToldAccount } from '#contracts';
import { bigint } from '#persistence';

/** A person of the file for Moodle. The number is user-provisioner's: Moodle has not told its own. */
@Entity({ name: 'file_persons' })
export class FilePersonRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  /** Of the record that told the account: an older one changes nothing. */
  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  @Column({ type: 'jsonb' })
  account: ToldAccount;
}
