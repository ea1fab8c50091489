import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';
import { bigint } from '#persistence';
import { FileRow } from './files.js';

/** A record that could not be taken; the others of its file were. */
@Entity('problems')
export class ProblemRow {
  @PrimaryColumn({ type: 'bigint', transformer: bigint })
  file: number;

  @ManyToOne(() => FileRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'file', foreignKeyConstraintName: 'problems_file_fkey' })
  fileRow?: unknown;

  @PrimaryColumn({ type: 'integer' })
  index: number;

  @Column({ type: 'integer' })
  line: number;

  @Column({ type: 'text' })
  element: string;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text' })
  cause: string;

  @Column({ type: 'jsonb' })
  reason: Bilingual;
}
