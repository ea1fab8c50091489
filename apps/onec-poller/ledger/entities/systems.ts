import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** What belongs to a system as a whole. */
@Entity('systems')
export class SystemRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  /** Counts the pollers that took the system over: an older one may write no more. */
  @Column({ type: 'bigint', transformer: bigint })
  tenure: number;

  /** Milliseconds during which nothing was paused: by it places grow old. */
  @Column({ type: 'bigint', transformer: bigint })
  clock: number;

  /** The newest binding change that is published. */
  @Column({ name: 'binding_sequence', type: 'bigint', transformer: bigint })
  bindingSequence: number;

  /** The newest fault of 1C's own finding that is noted here. */
  @Column({ name: 'error_sequence', type: 'bigint', default: 0, transformer: bigint })
  errorSequence: number;

  /** Milliseconds: a page is asked for, and its answer is not yet noted. Kept of a 1C that says an error once. */
  @Column({ name: 'asked_at', type: 'bigint', nullable: true, transformer: bigint })
  askedAt: number | null;

  /** Pages whose answer was never noted, until a person has looked after them. */
  @Column({ name: 'pages_lost', type: 'integer', default: 0 })
  pagesLost: number;

  /** When the first of them, and the last, was asked for. */
  @Column({ name: 'lost_since', type: 'bigint', nullable: true, transformer: bigint })
  lostSince: number | null;

  @Column({ name: 'lost_at', type: 'bigint', nullable: true, transformer: bigint })
  lostAt: number | null;
}
