import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the mirror was last filled with. One row. */
@Entity('mirror_state')
export class MirrorState {
  @PrimaryColumn({ type: 'int' })
  one: number;

  /** SHA-256 of the snapshot. */
  @Column({ type: 'text' })
  fingerprint: string;

  /** Infobase time of the last look for changed students. */
  @Column({ name: 'compared_at', type: 'timestamp', precision: 0 })
  comparedAt: string;

  /** When the source was last looked at with success, by whatever replica. */
  @Column({ name: 'refreshed_at', type: 'timestamptz', default: () => 'now()' })
  refreshedAt: Date;
}
