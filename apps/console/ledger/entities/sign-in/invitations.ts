import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A one-time link, by which somebody sets a password. */
@Entity('invitations')
export class InvitationRow {
  /** SHA-256 of the token in the link. */
  @PrimaryColumn({ type: 'bytea' })
  token: Buffer;

  /** Null: of the first administrator, who chooses a login. */
  @Column({ type: 'text', nullable: true })
  login: string | null;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
