import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Told as ToldWord } from '#contracts';
import { bigint } from '../../schema/bigint.js';

export type ToldToOneC = Exclude<ToldWord, 'nothing'>;

/** What 1C was last told of a student. */
@Entity({ schema: 'operations', name: 'told' })
@Check('told_told', `"told" in ('later', 'error', 'synchronized')`)
export class Told {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  @Column({ type: 'text' })
  told: ToldToOneC;

  /** Unix seconds until which 1C hides the student; none after an error. */
  @Column({ name: 'valid_until', type: 'bigint', nullable: true, transformer: bigint })
  validUntil: number | null;

  /** For how many hours *later* was said, whoever said it: the next in a row is twice as long. */
  @Column({ name: 'later_hours', type: 'integer', nullable: true })
  laterHours: number | null;
}
