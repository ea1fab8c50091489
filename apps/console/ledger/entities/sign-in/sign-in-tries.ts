import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often it was tried to sign in: written by rate-limiter-flexible, in its own form. */
@Entity('sign_in_tries')
export class SignInTriesRow {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  @Column({ type: 'integer', default: 0 })
  points: number;

  /** Unix milliseconds. */
  @Column({ type: 'bigint', nullable: true })
  expire: string | null;
}
