import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Finding } from '#contracts';
import type { SectionLook } from '#odata';

/** What the doctor found last. */
@Entity('examinations')
export class ExaminationRow {
  /** A system's id; empty: what all of them stand on; `:mapping`: the mapping of OData. */
  @PrimaryColumn({ type: 'text' })
  system: string;

  @Column({ type: 'text' })
  by: string;

  @Column({ name: 'begun_at', type: 'timestamptz' })
  begunAt: Date;

  /** Null: it is under way, or its process has died. */
  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** By part; of the last one that ended. */
  @Column({ type: 'jsonb' })
  parts: { part: 'ground' | 'moodle' | 'onec' | 'mapping'; findings: Finding[]; sections?: SectionLook[] }[];
}
