import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who may call the web service. */
@Entity('accounts')
export class AccountRow {
  @PrimaryColumn({ name: 'user_name', type: 'text' })
  user: string;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @Column({ type: 'text', array: true })
  roles: string[];

  /** Stands in the configuration, and goes when it no longer does. */
  @Column({ type: 'boolean', default: false })
  configured: boolean;
}
