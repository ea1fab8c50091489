import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';
import type { StagedData } from '../../intake/staged.js';

/** A record of a file that is being read. */
@Entity('staged')
export class StagedRow {
  @PrimaryColumn({ type: 'bigint', transformer: bigint })
  file: number;

  @PrimaryColumn({ type: 'integer' })
  index: number;

  @Column({ type: 'text' })
  kind: 'group' | 'person' | 'membership';

  /** Of the group or the person; of a membership, the person's. */
  @Column({ type: 'text' })
  id: string;

  /** Of a membership; else empty. */
  @Column({ type: 'text' })
  course: string;

  @Column({ type: 'text' })
  role: string;

  @Column({ type: 'boolean' })
  gone: boolean;

  @Column({ type: 'jsonb' })
  data: StagedData;

  @Column({ type: 'integer' })
  line: number;
}
