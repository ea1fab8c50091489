import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

export type RunState = 'running' | 'done' | 'cancelled';

/** A run of *Create bindings*. */
@Entity('empty_binding_runs')
export class EmptyBindingRunRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  system: string;

  /** Null: all approved ones. */
  @Column({ type: 'text', nullable: true })
  curriculum: string | null;

  @Column({ type: 'text' })
  login: string;

  @Column({ type: 'text' })
  author: string;

  @Column({ type: 'text' })
  state: RunState;

  /** Curricula. */
  @Column({ type: 'int' })
  total: number;

  @Column({ type: 'int' })
  done: number;

  /** Made; a curriculum of which nothing was missing has none. */
  @Column({ type: 'int' })
  documents: number;

  /** Empty bindings made. */
  @Column({ type: 'int' })
  lines: number;

  /** The curricula up to this code are done. */
  @Column({ name: 'last_curriculum', type: 'text' })
  lastCurriculum: string;

  /** Curricula that could not be done; the others were. */
  @Column({ type: 'jsonb' })
  failures: { curriculum: string; text: Bilingual }[];

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'now()' })
  startedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
