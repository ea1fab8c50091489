import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigint } from '#persistence';

/** What belongs to a system as a whole. */
@Entity('systems')
export class SystemRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  /** Counts the processes that took the system over: an older one may write no more. */
  @Column({ type: 'bigint', transformer: bigint })
  tenure: number;

  /** Milliseconds during which nothing was paused: by it places grow old. */
  @Column({ type: 'bigint', transformer: bigint })
  clock: number;
}
