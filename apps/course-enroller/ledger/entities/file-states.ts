import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** How far the file for Moodle is behind what it is written from. */
@Entity({ name: 'file_states' })
export class FileStateRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  /** Counts the changes. */
  @Column({ type: 'bigint', transformer: bigint })
  changed: number;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;

  /** When the first change came that no file has yet. */
  @Column({ name: 'waiting_since', type: 'timestamptz', nullable: true })
  waitingSince: Date | null;

  /** The count that stands in the file. */
  @Column({ type: 'bigint', transformer: bigint })
  written: number;

  /** Version of the table of courses with which it was written. */
  @Column({ type: 'text' })
  courses: string;

  @Column({ name: 'written_at', type: 'timestamptz', nullable: true })
  writtenAt: Date | null;
}
