import { createHmac, randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { CONFIGURATION, hashPassword, passwordFits, readSecret, type Configuration } from '#platform';

export interface Account {
  user: string;
  roles: string[];
}

/** Name and password of a Basic header: base64 of UTF-8, the colon after the name. */
export function readBasic(header: string | undefined): { user: string; password: string } | undefined {
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

/** Derivations at once: each takes a thread of the four that serve the whole process, and 16 MB. */
const atOnce = 2;

/** Milliseconds for which a password that fitted once is not derived again: scrypt is slow on purpose. */
const remembered = 60_000;

/** Accounts of the web service. Those of the configuration are written into the table at start. */
@Injectable()
export class Accounts implements OnModuleInit {
  private readonly secret = randomBytes(32);
  private readonly nobodys = hashPassword(randomBytes(16).toString('hex'));
  private deriving = 0;
  private readonly known = new Map<string, { account: Account; until: number }>();

  constructor(
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const { user, passwordFile, roles } of this.configuration.onecComponent?.accounts ?? [])
      await this.put(user, readSecret(passwordFile), roles);
  }

  async put(user: string, password: string, roles: string[]): Promise<void> {
    await this.putHashed(user, await hashPassword(password), roles);
  }

  async putHashed(user: string, passwordHash: string, roles: string[]): Promise<void> {
    await this.dataSource.query(
      `insert into onec_component.accounts (user_name, password_hash, roles) values ($1, $2, $3)
       on conflict (user_name) do update set password_hash = excluded.password_hash, roles = excluded.roles`,
      [user, passwordHash, roles],
    );
    this.known.clear();
  }

  /** The account of a Basic header, or nothing when user or password are wrong. Throws {@link TooManyTriesError}. */
  async authenticate(header: string | undefined): Promise<Account | undefined> {
    const given = readBasic(header);
    if (!given) return undefined;
    const key = createHmac('sha256', this.secret)
      .update(header as string)
      .digest('base64');
    const before = this.known.get(key);
    if (before && before.until > Date.now()) return before.account;
    this.known.delete(key);
    // Who fitted before is no guesser, and must not stand behind them.
    if (!before && this.deriving >= atOnce) throw new TooManyTriesError();
    this.deriving += 1;
    try {
      return await this.derive(given, key);
    } finally {
      this.deriving -= 1;
    }
  }

  private async derive(given: { user: string; password: string }, key: string): Promise<Account | undefined> {
    const rows: { password_hash: string; roles: string[] }[] = await this.dataSource.query(
      'select password_hash, roles from onec_component.accounts where user_name = $1',
      [given.user],
    );
    const row = rows[0];
    // An unknown user costs as much time as a wrong password: the difference would tell who exists.
    const fits = await passwordFits(given.password, row?.password_hash ?? (await this.nobodys));
    if (!row || !fits) return undefined;
    const account = { user: given.user, roles: row.roles };
    this.known.set(key, { account, until: Date.now() + remembered });
    return account;
  }
}
