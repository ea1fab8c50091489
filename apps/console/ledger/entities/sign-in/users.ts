import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Grant } from '../../../permissions/access.js';

/** Somebody who may sign in to the console. */
@Entity('users')
@Index('users_of_openid', ['openIdIssuer', 'openIdSubject'], { unique: true })
export class UserRow {
  /** In small letters. */
  @PrimaryColumn({ type: 'text' })
  login: string;

  /** Surname and initials. */
  @Column({ type: 'text' })
  name: string;

  /** Null: the one-time link has not been used yet. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'jsonb' })
  grants: Grant[];

  @Column({ type: 'boolean' })
  disabled: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'signed_in_at', type: 'timestamptz', nullable: true })
  signedInAt: Date | null;

  /** Of whoever signs in by an identity provider: whose subject they are, and which. Null: an account of our own. */
  @Column({ name: 'openid_issuer', type: 'text', nullable: true })
  openIdIssuer: string | null;

  @Column({ name: 'openid_subject', type: 'text', nullable: true })
  openIdSubject: string | null;
}
