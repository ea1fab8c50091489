import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';
import { bigint } from '#persistence';

/**
 * `claimed`: in our hands, to be read. `held`: it would remove too many, and a person is to decide. The others are
 * ends: `applied` to what is known, `rejected` as damaged, `discarded` by a person or a newer snapshot. `tried`: only
 * looked at, and gone soon.
 */
export const fileStates = ['claimed', 'held', 'applied', 'rejected', 'discarded', 'tried'] as const;
export type FileState = (typeof fileStates)[number];

/** What is in a file, and what it changes. */
export interface FileCounts {
  groups: number;
  persons: number;
  memberships: number;
  problems: number;
  /** Courses that the file names for the first time. */
  coursesNew: number;
  /** Persons. */
  created: number;
  changed: number;
  removed: number;
  /** Unchanged, but their last outcome was a failure: they are tried again. */
  again: number;
  membershipsNew: number;
  membershipsRemoved: number;
}

export interface Decision {
  decision: 'released' | 'discarded';
  by: string;
  why: string;
}

/** A file that was taken from the folder. */
@Entity('files')
@Index('files_of_system', ['system', 'id'])
export class FileRow {
  @PrimaryColumn({ type: 'bigint', transformer: bigint, generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text' })
  system: string;

  /** As it lay in the folder. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  content: 'snapshot' | 'delta';

  @Column({ type: 'text' })
  state: FileState;

  @Column({ name: 'claimed_at', type: 'timestamptz' })
  claimedAt: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;

  /** Below the folder, once it lies where it stays. */
  @Column({ name: 'filed_as', type: 'text', nullable: true })
  filedAs: string | null;

  @Column({ type: 'jsonb', nullable: true })
  counts: FileCounts | null;

  @Column({ type: 'jsonb', nullable: true })
  damage: Bilingual | null;

  @Column({ type: 'jsonb', nullable: true })
  decision: Decision | null;

  /** Something has become known since the report beside it was written. */
  @Column({ name: 'report_due', type: 'boolean' })
  reportDue: boolean;
}
