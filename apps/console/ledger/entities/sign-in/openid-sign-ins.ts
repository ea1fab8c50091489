import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody was led to the identity provider and has not come back yet. */
@Entity('openid_sign_ins')
export class OpenIdSignInRow {
  /** SHA-256 of what comes back with them. */
  @PrimaryColumn({ type: 'bytea' })
  state: Buffer;

  /** SHA-256 of what their browser has in a cookie. */
  @Column({ type: 'bytea' })
  browser: Buffer;

  @Column({ type: 'text' })
  nonce: string;

  @Column({ type: 'text' })
  verifier: string;

  @Column({ name: 'return_to', type: 'text' })
  returnTo: string;

  @Column({ name: 'begun_at', type: 'timestamptz' })
  begunAt: Date;
}
