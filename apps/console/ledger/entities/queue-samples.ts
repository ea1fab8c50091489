import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One look at a service's queues of a system, or ten minutes of looks rolled up. */
@Entity('queue_samples')
export class QueueSampleRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  service: string;

  @PrimaryColumn({ type: 'timestamptz' })
  time: Date;

  @PrimaryColumn({ type: 'integer' })
  minutes: number;

  @Column({ type: 'integer', nullable: true })
  ready: number | null;

  @Column({ name: 'in_hand', type: 'integer', nullable: true })
  inHand: number | null;

  @Column({ type: 'integer', nullable: true })
  retry: number | null;

  @Column({ type: 'integer', nullable: true })
  dead: number | null;

  @Column({ type: 'integer', nullable: true })
  done: number | null;

  @Column({ type: 'integer', nullable: true })
  retried: number | null;

  @Column({ type: 'integer', nullable: true })
  died: number | null;
}
