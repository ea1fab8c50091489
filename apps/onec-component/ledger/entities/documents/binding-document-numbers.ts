import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number given to a document of the year. */
@Entity('binding_document_numbers')
export class BindingDocumentNumberRow {
  @PrimaryColumn({ type: 'int' })
  year: number;

  @Column({ type: 'int' })
  last: number;
}
