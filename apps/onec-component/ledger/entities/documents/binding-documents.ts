import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Document AcademicCourseBinding. */
@Entity('binding_documents')
@Index('binding_documents_number', ['year', 'number'], { unique: true })
@Index('binding_documents_date', ['date'])
export class BindingDocumentRow {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  number: string;

  @Column({ type: 'timestamp', precision: 0 })
  date: string;

  @Column({ type: 'boolean' })
  posted: boolean;

  /** Surname and initials of the curriculum developer who posted it. */
  @Column({ type: 'text' })
  author: string;

  /** Of the date: numbers begin anew with it. */
  @Column({ type: 'int' })
  year: number;

  /** The ELS of the header, by code. Null: not chosen yet, or the lines carry several. */
  @Column({ type: 'text', nullable: true })
  system: string | null;

  @Column({ type: 'text', default: '' })
  comment: string;

  /** Else the date becomes the moment of posting. */
  @Column({ name: 'date_by_hand', type: 'boolean', default: false })
  dateByHand: boolean;

  /** Marked for deletion. */
  @Column({ type: 'boolean', default: false })
  marked: boolean;

  /** One more with every change: whoever writes says which one they have seen. */
  @Column({ type: 'int', default: 1 })
  version: number;

  /** Which bindings the form showed last: all, or the empty ones. */
  @Column({ type: 'text', nullable: true })
  display: 'all' | 'empty' | null;

  /** Login of whoever wrote it last. */
  @Column({ name: 'written_by', type: 'text', default: '' })
  writtenBy: string;

  @Column({ name: 'written_at', type: 'timestamptz', default: () => 'now()' })
  writtenAt: Date;

  /** The last posting, cancelled since or not. */
  @Column({ name: 'posted_at', type: 'timestamptz', nullable: true })
  postedAt: Date | null;
}
