import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Somebody is signed in. */
@Entity('sessions')
@Index('sessions_of_user', ['login'])
export class SessionRow {
  /** SHA-256 of the token in the cookie: whoever reads the table cannot sign in with it. */
  @PrimaryColumn({ type: 'bytea' })
  token: Buffer;

  @Column({ type: 'text' })
  login: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** Not more than a minute behind. */
  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt: Date;

  /** Of the identity provider, which knows by it who signs out; it opens nothing. */
  @Column({ name: 'id_token', type: 'text', nullable: true })
  idToken: string | null;
}
