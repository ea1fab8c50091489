import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Bilingual } from '#contracts';

/** A trouble that stands and that no message carries; the service that found it takes it away. */
@Entity({ schema: 'operations', name: 'trouble' })
export class Trouble {
  @PrimaryColumn({ type: 'text' })
  service: string;

  /** Empty: it concerns no one system. */
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  check: string;

  /** A student's code, or a place. */
  @PrimaryColumn({ type: 'text' })
  about: string;

  @Column({ type: 'jsonb' })
  what: Bilingual;

  @Column({ type: 'jsonb' })
  mend: Bilingual;

  @Column({ type: 'timestamptz' })
  since: Date;
}
