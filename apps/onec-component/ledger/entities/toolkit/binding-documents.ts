import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Document AcademicCourseBinding. */
@Entity('binding_documents')
@Index('binding_documents_number', ['number'], { unique: true })
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
}
