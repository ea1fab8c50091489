import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Fingerprint of what GetStudents last returned of a student, the courses apart. */
@Entity('offered')
export class OfferedRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  student: string;

  @Column({ type: 'text' })
  fingerprint: string;

  /** Returned, and no flag has come since. */
  @Column({ type: 'boolean', default: false })
  awaited: boolean;

  /** Something else was returned before it while a flag was awaited: the next flag may speak of either. */
  @Column({ type: 'boolean', default: false })
  doubtful: boolean;
}
