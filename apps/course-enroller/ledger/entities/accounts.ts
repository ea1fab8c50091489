import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** What we made, course by course, in one Moodle account. */
@Entity({ name: 'accounts' })
export class AccountRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ name: 'moodle_user_id', type: 'bigint', transformer: bigint })
  moodleUserId: number;

  /** Course id -> StoredEntry. */
  @Column({ type: 'jsonb' })
  enrolments: Record<string, unknown>;

  /** `<course id>/<group>`, course 0 = site cohort -> Membership. */
  @Column({ type: 'jsonb' })
  memberships: Record<string, string>;
}
