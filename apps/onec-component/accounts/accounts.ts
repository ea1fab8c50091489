import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { unstorableIn } from '#contracts';
import {
  CONFIGURATION,
  hashPassword,
  isOutdated,
  nobodysHash,
  passwordFits,
  readSecret,
  type Configuration,
} from '#platform';

export interface Account {
  user: string;
  roles: string[];
}

export interface Credentials {
  user: string;
  password: string;
}

/** Name and password of a Basic header: base64 of UTF-8, the colon after the name. */
export function readBasic(header: string | undefined): Credentials | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Too many passwords are being tried at once. */
export class TooManyTriesError extends Error {
  override name = 'TooManyTriesError';
}

/** Derivations at once: each takes a thread of the four that serve the whole process, and 128 MB. */
const atOnce = 2;

/** Milliseconds for which a password that fitted is not derived again: scrypt is slow on purpose. */
const remembered = 600_000;

interface Row {
  password_hash: string;
  roles: string[];
}

/** Accounts of the web service. Those of the configuration are written into the table at start. */
@Injectable()
export class Accounts implements OnModuleInit {
  private readonly secret = randomBytes(32);
  private readonly nobodys = nobodysHash();
  private deriving = 0;
  /** By user and password: the hash that the password fitted. It holds as long as that hash stands in the table. */
  private readonly known = new Map<string, { hash: string; until: number }>();
  private readonly underWay = new Map<string, Promise<Account | undefined>>();

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async onModuleInit(): Promise<void> {
    const configured = this.configuration.onecComponent?.accounts ?? [];
    for (const { user, passwordFile, roles } of configured) {
      const password = readSecret(passwordFile);
      const row = await this.rowOf(user);
      const stands = row && !isOutdated(row.password_hash) && (await passwordFits(password, row.password_hash));
      // The same hash again: what other replicas have verified stays verified.
      const hash = stands ? row.password_hash : await hashPassword(password);
      await this.write(user, hash, roles, true);
      this.remember({ user, password }, hash);
    }
    await this.dataSource.query(
      'delete from onec_component.accounts where configured and user_name <> all($1::text[])',
      [configured.map(({ user }) => user)],
    );
  }

  putHashed(user: string, passwordHash: string, roles: string[]): Promise<void> {
    return this.write(user, passwordHash, roles, false);
  }

  /** From its next request on the account is refused, by every replica. @returns whether there was one */
  async remove(user: string): Promise<boolean> {
    const [, removed] = (await this.dataSource.query('delete from onec_component.accounts where user_name = $1', [
      user,
    ])) as [unknown, number];
    return removed > 0;
  }

  /** The account of a Basic header, or nothing when user or password are wrong. Throws {@link TooManyTriesError}. */
  async authenticate(header: string | undefined): Promise<Account | undefined> {
    const given = readBasic(header);
    if (!given) return undefined;
    const key = this.keyOf(given);
    const before = this.known.get(key);
    // Who fitted before is no guesser, and must not stand behind them.
    const mayWait = before === undefined && !this.underWay.has(key);
    if (mayWait && this.deriving >= atOnce) throw new TooManyTriesError();
    // Looked at each time: an account that was removed, or has another password or other roles, is so at once.
    const row = await this.rowOf(given.user);
    if (before && before.until > Date.now() && before.hash === row?.password_hash)
      return { user: given.user, roles: row.roles };
    this.known.delete(key);
    const same = this.underWay.get(key);
    if (same) return same;
    // Others have come in while the table was read.
    if (mayWait && this.deriving >= atOnce) throw new TooManyTriesError();
    this.deriving += 1;
    const deriving = this.derive(given, key, row).finally(() => {
      this.deriving -= 1;
      this.underWay.delete(key);
    });
    this.underWay.set(key, deriving);
    return deriving;
  }

  private async derive(given: Credentials, key: string, row: Row | undefined): Promise<Account | undefined> {
    // An unknown user costs as much time as a wrong password: the difference would tell who exists.
    const fits = await passwordFits(given.password, row?.password_hash ?? this.nobodys);
    if (!row || !fits) return undefined;
    let hash = row.password_hash;
    if (isOutdated(hash)) {
      const anew = await hashPassword(given.password);
      const [, changed] = (await this.dataSource.query(
        'update onec_component.accounts set password_hash = $3 where user_name = $1 and password_hash = $2',
        [given.user, hash, anew],
      )) as [unknown, number];
      if (changed > 0) hash = anew;
    }
    this.remember(given, hash);
    return { user: given.user, roles: row.roles };
  }

  private remember(given: Credentials, hash: string): void {
    this.known.set(this.keyOf(given), { hash, until: Date.now() + remembered });
  }

  private keyOf({ user, password }: Credentials): string {
    return createHmac('sha256', this.secret)
      .update(JSON.stringify([user, password]))
      .digest('base64');
  }

  private async rowOf(user: string): Promise<Row | undefined> {
    if (unstorableIn(user)) return undefined;
    const rows: Row[] = await this.dataSource.query(
      'select password_hash, roles from onec_component.accounts where user_name = $1',
      [user],
    );
    return rows[0];
  }

  private async write(user: string, passwordHash: string, roles: string[], configured: boolean): Promise<void> {
    await this.dataSource.query(
      `insert into onec_component.accounts (user_name, password_hash, roles, configured) values ($1, $2, $3, $4)
       on conflict (user_name) do update
         set password_hash = excluded.password_hash, roles = excluded.roles, configured = excluded.configured`,
      [user, passwordHash, roles, configured],
    );
  }
}
