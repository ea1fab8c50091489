import type { DataSource } from 'typeorm';
import { Access, type Grant } from '../permissions/access.js';
import { digestOf, makeToken } from './token.js';

/** Somebody who is signed in. */
export interface Session {
  login: string;
  name: string;
  access: Access;
  /** Of the identity provider that they came from: by it one signs out there. */
  idToken?: string;
  /** Known by the identity provider: no password is theirs here. */
  openId: boolean;
}

/** A working day without a word ends it, a week in any case. Hours. */
const quiet = 12;
const longest = 7 * 24;

const alive = `s.seen_at > now() - interval '${quiet} hours' and s.created_at > now() - interval '${longest} hours'`;

/** Who is signed in: a random token in the browser's cookie, its digest in the table. */
export class Sessions {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the token for the cookie */
  async begin(login: string, idToken?: string): Promise<string> {
    const token = makeToken();
    await this.dataSource.transaction(async (manager) => {
      await manager.query(`delete from console.sessions s where not (${alive})`);
      await manager.query(
        'insert into console.sessions (token, login, created_at, seen_at, id_token) values ($1, $2, now(), now(), $3)',
        [digestOf(token), login, idToken ?? null],
      );
      await manager.query('update console.users set signed_in_at = now() where login = $1', [login]);
    });
    return token;
  }

  /** `look` does not count as a sign of life: a page that lies open keeps nobody signed in. */
  async find(token: string, look = false): Promise<Session | undefined> {
    const digest = digestOf(token);
    const [row] = (await this.dataSource.query(
      `select u.login, u.name, u.grants, u.openid_subject is not null as "openId", s.id_token as "idToken",
              s.seen_at < now() - interval '1 minute' as stale
       from console.sessions s join console.users u on u.login = s.login
       where s.token = $1 and not u.disabled and ${alive}`,
      [digest],
    )) as { login: string; name: string; grants: Grant[]; openId: boolean; idToken: string | null; stale: boolean }[];
    if (!row) return undefined;
    if (row.stale && !look)
      await this.dataSource.query('update console.sessions set seen_at = now() where token = $1', [digest]);
    const { login, name, grants, openId, idToken } = row;
    return { login, name, openId, access: new Access(grants), ...(idToken !== null && { idToken }) };
  }

  async end(token: string): Promise<void> {
    await this.dataSource.query('delete from console.sessions where token = $1', [digestOf(token)]);
  }

  /** Everywhere. @returns how many there were */
  async endAll(login: string): Promise<number> {
    const [, number] = (await this.dataSource.query('delete from console.sessions where login = $1', [login])) as [
      unknown,
      number,
    ];
    return number;
  }
}
