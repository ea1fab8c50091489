import type { DataSource, EntityManager } from 'typeorm';
import type { Identity } from './claims.js';
import { SignInError } from './troubles.js';

/**
 * People of the identity provider, known by its issuer and their subject there: a login may change hands. Never does
 * one take over an account of somebody else because the logins are alike.
 */
export class OpenIdUsers {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes over what the provider says now. @returns the login. @throws SignInError */
  async meet(issuer: string, identity: Identity): Promise<string> {
    const met = await this.dataSource.transaction(async (manager) => {
      // Two first sign-ins of one person, or two persons of one login: one after the other.
      await manager.query('lock table console.users in share row exclusive mode');
      return (await present(manager, issuer, identity)) ?? (await add(manager, issuer, identity));
    });
    // Told after the commit: whoever has no role any more has lost it.
    if (met instanceof SignInError) throw met;
    return met;
  }
}

async function present(manager: EntityManager, issuer: string, identity: Identity) {
  const [row] = (await manager.query(
    'select login, disabled from console.users where openid_issuer = $1 and openid_subject = $2',
    [issuer, identity.subject],
  )) as { login: string; disabled: boolean }[];
  if (!row) return undefined;
  if (row.disabled) return new SignInError('disabled');
  const { login, name, grants } = identity;
  if (login !== row.login && (await taken(manager, login))) return new SignInError('login-taken');
  await manager.query('update console.users set login = $2, name = $3, grants = $4 where login = $1', [
    ...[row.login, login, name],
    JSON.stringify(grants),
  ]);
  await manager.query('update console.sessions set login = $2 where login = $1', [row.login, login]);
  if (grants.length > 0) return login;
  await manager.query('delete from console.sessions where login = $1', [login]);
  return new SignInError('no-role');
}

async function add(manager: EntityManager, issuer: string, { subject, login, name, grants }: Identity) {
  if (grants.length === 0) return new SignInError('no-role');
  if (await taken(manager, login)) return new SignInError('login-taken');
  await manager.query(
    `insert into console.users (login, name, grants, disabled, created_at, openid_issuer, openid_subject)
     values ($1, $2, $3, false, now(), $4, $5)`,
    [login, name, JSON.stringify(grants), issuer, subject],
  );
  return login;
}

async function taken(manager: EntityManager, login: string): Promise<boolean> {
  const rows = (await manager.query('select from console.users where login = $1', [login])) as unknown[];
  return rows.length > 0;
}
