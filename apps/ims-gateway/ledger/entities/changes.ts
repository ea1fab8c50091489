import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';
import { bigint } from '#persistence';
import { FileRow } from './files.js';

/** What a file does to a person; `again`: nothing, but the last try of the same has failed. */
export type Change = 'created' | 'changed' | 'removed' | 'again';
/** `waiting` for a place in the window, `underWay`, or how it ended. */
export type ChangeState = 'waiting' | 'underWay' | 'done' | 'failed';

/** A person whom a file changes, and what became of it. */
@Entity('changes')
@Index('changes_of_student', ['system', 'code'])
export class ChangeRow {
  @PrimaryColumn({ type: 'bigint', transformer: bigint })
  file: number;

  @ManyToOne(() => FileRow, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'file', foreignKeyConstraintName: 'changes_file_fkey' })
  fileRow?: unknown;

  @Column({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  change: Change;

  @Column({ type: 'text' })
  state: ChangeState;

  /** Under which it is, or was, under way. */
  @Column({ type: 'bigint', nullable: true, transformer: bigint })
  revision: number | null;

  @Column({ type: 'text', nullable: true })
  cause: string | null;

  @Column({ type: 'jsonb', nullable: true })
  reason: Bilingual | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
