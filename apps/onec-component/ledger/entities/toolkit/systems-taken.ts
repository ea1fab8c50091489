import { Entity, PrimaryColumn } from 'typeorm';

/** Codes of the ELS that have once come from 1C: deleted at the desk, they do not come back. */
@Entity('systems_taken')
export class ElsTakenRow {
  @PrimaryColumn({ type: 'text' })
  code: string;
}
