import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';
import { bigint } from '../bigint.js';

/** Why a pause is there, and so who may end it: the two first end by themselves, a person's only by a person. */
export const pauseKinds = ['outage', 'configuration', 'person'] as const;
export type PauseKind = (typeof pauseKinds)[number];

/** While it stands, this service takes nothing of this system's queue. */
@Entity({ schema: 'operations', name: 'pause' })
@Check('pause_kind', `"kind" in ('outage', 'configuration', 'person')`)
export class Pause {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  service: string;

  @PrimaryColumn({ type: 'text' })
  kind: PauseKind;

  @Column({ type: 'jsonb' })
  reason: Bilingual;

  /** What to do about it. */
  @Column({ type: 'jsonb', nullable: true })
  cure: Bilingual | null;

  /** The service or the person that put it. */
  @Column({ type: 'text' })
  by: string;

  @Column({ type: 'timestamptz' })
  since: Date;
}

/** In this order one revision's word outweighs another: success wins. */
export const toldInOrder = ['later', 'error', 'synchronized'] as const;
export type ToldToOneC = (typeof toldInOrder)[number];

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
}

export const operationsEntities = [Pause, Told];
