import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one process of a service does with one system's queue, as it says itself every few seconds. */
@Entity({ schema: 'operations', name: 'consumer' })
export class Consumer {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  service: string;

  /** Host and a word of its own: a process that begins anew is another one. */
  @PrimaryColumn({ type: 'text' })
  process: string;

  /** `standby`, `paused`, `consuming` */
  @Column({ type: 'text' })
  state: string;

  /** Messages taken and not yet settled. */
  @Column({ name: 'in_hand', type: 'integer' })
  inHand: number;

  /** Since when the one of them is under way that has been so for the longest. */
  @Column({ type: 'timestamptz', nullable: true })
  oldest: Date | null;

  /** Settled since the process began, by outcome. */
  @Column({ type: 'jsonb' })
  settled: Record<string, number>;

  /** The product's version that it runs. */
  @Column({ type: 'text', default: '' })
  version: string;

  /** Since when it is there. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  since: Date;

  /** When it said so last. */
  @Column({ type: 'timestamptz' })
  seen: Date;
}
