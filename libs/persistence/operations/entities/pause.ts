import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

/**
 * Why a pause is there, and so who may end it: the two first end by themselves, a person's only by a person.
 * `broker`: it takes no messages, so nothing that follows could be told on.
 */
export const pauseKinds = ['outage', 'configuration', 'person', 'broker'] as const;
export type PauseKind = (typeof pauseKinds)[number];

/** While it stands, this service takes nothing of this system's queue. */
@Entity({ schema: 'operations', name: 'pause' })
@Check('pause_kind', `"kind" in ('outage', 'configuration', 'person', 'broker')`)
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
