import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Evidence } from '../../failures/evidence.js';

/** What is known of one student (or of one set of bindings) in one system. */
@Entity('known')
@Index('known_group', ['system', 'studyGroup'])
export class KnownRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'jsonb' })
  evidence: Evidence;

  @Column({ name: 'study_group', type: 'text', nullable: true })
  studyGroup: string | null;

  /** `synchronized`, `binding`, or a kind of failure. */
  @Column({ type: 'text', nullable: true })
  outcome: string | null;
}
