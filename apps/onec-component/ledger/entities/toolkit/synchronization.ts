import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Register Synchronization: independent, within a second. The period is until when the student is hidden, in the
 * infobase's time. Columns refer to systems by code.
 */
@Entity('synchronization')
@Index('synchronization_period', ['system', 'period'])
export class SynchronizationRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  student: string;

  @PrimaryColumn({ type: 'timestamp', precision: 0 })
  period: string;

  @Column({ type: 'boolean' })
  error: boolean;
}
