import type { DataSource, EntityManager } from 'typeorm';
import { UserRow } from '../../ledger/entities/sign-in/users.js';
import { Access, type Grant } from '../../permissions/access.js';
import { fits, hashOf } from '../password.js';
import { digestOf, makeToken } from '../token.js';

export interface NewUser {
  login: string;
  name: string;
  grants: Grant[];
}

export type Change = Partial<Pick<UserRow, 'name' | 'grants' | 'disabled'>>;

export interface Invitation {
  token: string;
  expiresAt: Date;
}

/** Whom an open link is for; `login` null: the first administrator. */
export interface Invited {
  login: string | null;
  name: string | null;
}

/** Without them nobody could let anybody in. */
export class LastAdministratorError extends Error {
  override name = 'LastAdministratorError';
}

/** Somebody else has it. */
export class LoginTakenError extends Error {
  override name = 'LoginTakenError';
}

/** Name, roles and sign-in are the identity provider's. */
export class OpenIdUserError extends Error {
  override name = 'OpenIdUserError';
}

const linkHours = 24;
const isAdministrator = ({ grants, disabled }: Pick<UserRow, 'grants' | 'disabled'>): boolean =>
  !disabled && new Access(grants).everywhere('users.manage');

/** Who may sign in to the console. Passwords are set by whoever has the one-time link; nobody else ever sees them. */
export class Users {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<UserRow[]> {
    return this.dataSource.getRepository(UserRow).find({ order: { login: 'asc' } });
  }

  find(login: string): Promise<UserRow | null> {
    return this.dataSource.getRepository(UserRow).findOneBy({ login });
  }

  /** Nobody may let others in, and nobody has ever been asked to: only then may there be a first administrator. */
  async none(): Promise<boolean> {
    return isNobody(this.dataSource.manager);
  }

  /** @returns whether it was added; false: there is such a login */
  async add({ login, name, grants }: NewUser): Promise<boolean> {
    const rows = (await this.dataSource.query(
      `insert into console.users (login, name, grants, disabled, created_at) values ($1, $2, $3, false, now())
       on conflict do nothing returning login`,
      [login, name, JSON.stringify(grants)],
    )) as unknown[];
    return rows.length > 0;
  }

  /** Whoever is disabled is signed out; grants hold from the next request on. @returns nothing where there is no such login */
  change(login: string, change: Change): Promise<UserRow | undefined> {
    return this.dataSource.transaction(async (manager) => {
      // All of them: two administrators who disable each other at the same time must not both be gone.
      const users = await manager
        .getRepository(UserRow)
        .find({ lock: { mode: 'pessimistic_write' }, order: { login: 'asc' } });
      const user = users.find((one) => one.login === login);
      if (!user) return undefined;
      if (user.openIdSubject !== null && (change.name !== undefined || change.grants !== undefined))
        throw new OpenIdUserError(login);
      const wasAdministrator = isAdministrator(user);
      Object.assign(user, change);
      if (wasAdministrator && !users.some(isAdministrator)) throw new LastAdministratorError('the last administrator');
      await manager.save(user);
      if (user.disabled) {
        await manager.query('delete from console.sessions where login = $1', [login]);
        await manager.query('delete from console.invitations where login = $1', [login]);
      }
      return user;
    });
  }

  /** A one-time link for setting a password; earlier ones of the same login are void. */
  async invite(login: string | null): Promise<Invitation> {
    const token = makeToken();
    return this.dataSource.transaction(async (manager) => {
      if (login !== null && (await manager.getRepository(UserRow).findOneBy({ login }))?.openIdSubject)
        throw new OpenIdUserError(login);
      await manager.query(`delete from console.invitations where login = $1 or expires_at < now()`, [login]);
      const [row] = (await manager.query(
        `insert into console.invitations (token, login, expires_at)
         values ($1, $2, now() + interval '${linkHours} hours') returning expires_at as "expiresAt"`,
        [digestOf(token), login],
      )) as { expiresAt: Date }[];
      return { token, expiresAt: row!.expiresAt };
    });
  }

  async invited(token: string): Promise<Invited | undefined> {
    const [invited] = await openInvitation(this.dataSource.manager, token, '');
    return invited;
  }

  /**
   * Uses the link up: sets the password, and makes the first administrator where the link is for one. Whoever was signed
   * in by the old password is signed out.
   * @returns the login; nothing where the link is not valid any more
   */
  async accept(token: string, password: string, first: { login: string; name: string }): Promise<string | undefined> {
    const passwordHash = await hashOf(password);
    return this.dataSource.transaction(async (manager) => {
      const [invited] = await openInvitation(manager, token, 'for update of i');
      if (!invited) return undefined;
      if (invited.login === null) {
        await manager.query('lock table console.users in share row exclusive mode');
        if (!(await isNobody(manager))) return undefined;
        const made = (await manager.query(
          `insert into console.users (login, name, password_hash, grants, disabled, created_at)
           values ($1, $2, $3, '[{"role":"administrator"}]', false, now()) on conflict do nothing returning login`,
          [first.login, first.name, passwordHash],
        )) as unknown[];
        if (made.length === 0) throw new LoginTakenError(first.login);
        await manager.query('delete from console.invitations where login is null');
        return first.login;
      }
      await this.setPasswordHash(manager, invited.login, passwordHash);
      await manager.query('delete from console.invitations where login = $1', [invited.login]);
      return invited.login;
    });
  }

  /** @returns whether there is such a login */
  async setPassword(login: string, password: string): Promise<boolean> {
    const passwordHash = await hashOf(password);
    return this.dataSource.transaction((manager) => this.setPasswordHash(manager, login, passwordHash));
  }

  /** As long for a login that does not exist. @returns who it is; nothing where login or password do not fit */
  async verify(login: string, password: string): Promise<UserRow | undefined> {
    const user = await this.find(login);
    const open = user !== null && !user.disabled;
    const fit = await fits(password, open ? user.passwordHash : null);
    return open && fit ? user : undefined;
  }

  private async setPasswordHash(manager: EntityManager, login: string, passwordHash: string): Promise<boolean> {
    const [, number] = (await manager.query('update console.users set password_hash = $2 where login = $1', [
      login,
      passwordHash,
    ])) as [unknown, number];
    await manager.query('delete from console.sessions where login = $1', [login]);
    return number > 0;
  }
}

/** SQL: whoever came by the identity provider first does not keep the first administrator out. */
const somebody = `select from console.users where openid_subject is null or grants @> '[{"role":"administrator"}]'`;

async function isNobody(manager: EntityManager): Promise<boolean> {
  const rows = (await manager.query(`${somebody} limit 1`)) as unknown[];
  return rows.length === 0;
}

/** A first administrator's link is void once there is one, or anybody with an account of our own. */
const openInvitation = (manager: EntityManager, token: string, lock: '' | 'for update of i'): Promise<Invited[]> =>
  manager.query(
    `select i.login, u.name from console.invitations i left join console.users u on u.login = i.login
     where i.token = $1 and i.expires_at > now()
       and case when i.login is null then not exists (${somebody}) else not u.disabled end ${lock}`,
    [digestOf(token)],
  );
