import type { DataSource } from 'typeorm';
import type { StudentChanged } from '#contracts';
import type { Witness } from './accounts.js';
import { Account, Study } from './ledger.entities.js';
import { AccountsAndStudies1790000000000 } from './migrations/1790000000000-accounts-and-studies.js';
import type { StudyState } from './due.js';

/** What `persistence()` needs to know of this service's tables. */
export const ledgerSchema = {
  schema: 'user_provisioner',
  entities: [Account, Study],
  migrations: [AccountsAndStudies1790000000000],
};

export interface KnownAccount {
  key: string;
  moodleUserId?: number;
  username: string;
  base?: string;
  email: string;
  /** Sealed. */
  password?: string;
  /** The making was noted and its outcome is not known. */
  noted: boolean;
  hiddenHash?: string;
  contentHash?: string;
}

export interface KnownStudy extends StudyState {
  code: string;
  key: string;
  created: boolean;
  failed: boolean;
  /** Left out where this batch itself brings the content, or a newer one. */
  content?: StudentChanged;
}

/** How matters stood before the batch. */
export interface Before {
  studies: Map<string, KnownStudy>;
  accounts: Map<string, KnownAccount>;
  /** Usernames of one of the asked-for bases, and whose they are. */
  numbered: Map<string, string>;
  witness?: Witness;
}

/** A creation about to be tried. */
export type Noted = Omit<KnownAccount, 'noted' | 'moodleUserId' | 'contentHash'>;

export interface DoneStudy {
  code: string;
  revision: number;
  created: boolean;
  /** Unix milliseconds; a vanished account was looked up for this revision. */
  lookedUpAt?: number;
}

export interface Result {
  accounts: KnownAccount[];
  done: DoneStudy[];
  failed: { code: string; cause: string }[];
}

const see = `
with given as (
  select code, person_key, revision, content::jsonb as content
  from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as given (code, person_key, revision, content)
), seen as (
  insert into user_provisioner.studies as study (system, code, person_key, seen, content)
  select $1, code, person_key, revision, content from given
  on conflict (system, code) do update
    set person_key = excluded.person_key, seen = excluded.seen, content = excluded.content
    where study.seen < excluded.seen
), keys as (
  select person_key from given
  union
  select person_key from user_provisioner.studies where system = $1 and code = any ($2 || $6)
), concerned as (
  select code from user_provisioner.studies where system = $1 and code = any ($2 || $6)
  union
  select code from user_provisioner.studies
  where system = $1 and person_key = any (array (select person_key from keys))
)
select
  (select json_agg(json_build_object(
      'code', code, 'key', study.person_key, 'seen', seen, 'applied', applied, 'created', created, 'failed', failed,
      'lookedUp', looked_up, 'lookedUpAt', looked_up_at,
      'content', case when given.revision >= seen then null else study.content end))
    from user_provisioner.studies as study join concerned using (code) left join given using (code)
    where system = $1) as studies,
  (select json_agg(json_build_object(
      'key', person_key, 'moodleUserId', moodle_user_id, 'username', username, 'base', base, 'email', email,
      'password', password, 'noted', noted, 'hiddenHash', hidden_hash, 'contentHash', content_hash))
    from user_provisioner.accounts
    where system = $1 and person_key = any (array (select person_key from keys))) as accounts,
  (select json_object_agg(username, person_key)
    from user_provisioner.accounts where system = $1 and base = any ($7)) as numbered,
  (select json_build_object('id', moodle_user_id, 'username', username, 'idnumber', person_key)
    from user_provisioner.accounts
    where system = $1 and moodle_user_id is not null and moodle_user_id <> all ($8)
    order by moodle_user_id limit 1) as witness`;

const note = `
insert into user_provisioner.accounts as account
  (system, person_key, username, base, email, password, hidden_hash, noted)
select $1, given.*, true
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as given
on conflict (system, person_key) do update
  set username = excluded.username, base = excluded.base, email = excluded.email, password = excluded.password,
      hidden_hash = excluded.hidden_hash, noted = true, moodle_user_id = null, content_hash = null, changed_at = now()`;

const record = `
with account as (
  insert into user_provisioner.accounts as account
    (system, person_key, moodle_user_id, username, base, email, password, noted, hidden_hash, content_hash)
  select $1, given.*
  from unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::text[], $10::text[])
    as given
  on conflict (system, person_key) do update
    set moodle_user_id = excluded.moodle_user_id, username = excluded.username, base = excluded.base,
        email = excluded.email, password = excluded.password, noted = excluded.noted,
        hidden_hash = excluded.hidden_hash, content_hash = excluded.content_hash, changed_at = now()
), failed as (
  update user_provisioner.studies as study set failed = given.cause
  from unnest($15::text[], $16::text[]) as given (code, cause)
  where study.system = $1 and study.code = given.code
)
update user_provisioner.studies as study
set applied = greatest(study.applied, given.revision), created = given.created, failed = null,
    looked_up = case when given.looked_up_at is null then study.looked_up else given.revision end,
    looked_up_at = coalesce(given.looked_up_at, study.looked_up_at)
from unnest($11::text[], $12::bigint[], $13::bool[], $14::bigint[]) as given (code, revision, created, looked_up_at)
where study.system = $1 and study.code = given.code`;

interface SeeRow {
  studies: ({ code: string; key: string; seen: number; applied: number | null; created: boolean } & {
    failed: string | null;
    lookedUp: number | null;
    lookedUpAt: number | null;
    content: StudentChanged | null;
  })[];
  accounts: { [K in keyof KnownAccount]-?: KnownAccount[K] | null }[];
  numbered: Record<string, string>;
  witness: Witness;
}

/** The tables of this service for one system. Every method is one statement for the whole batch. */
export class Ledger {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
  ) {}

  /** Sets what has been seen, and answers how matters stood before, also for other studies of the same persons. */
  async see(batch: {
    changes: readonly { key: string; data: StudentChanged }[];
    /** Codes whose account is said to be missing. */
    missing: readonly string[];
    /** Bases of usernames that may have to be numbered. */
    bases: readonly string[];
    /** Accounts that have proved useless as witnesses. */
    notWitnesses: readonly number[];
  }): Promise<Before> {
    const { changes, missing, bases, notWitnesses } = batch;
    const [row] = (await this.dataSource.query(see, [
      this.system,
      changes.map(({ data }) => data.person.code),
      changes.map(({ key }) => key),
      changes.map(({ data }) => data.revision),
      changes.map(({ data }) => JSON.stringify(data)),
      missing,
      bases,
      notWitnesses,
    ])) as [{ [K in keyof SeeRow]: SeeRow[K] | null }];
    return {
      studies: new Map((row.studies ?? []).map((study) => [study.code, knownStudy(study)])),
      accounts: new Map((row.accounts ?? []).map((account) => [account.key!, knownAccount(account)])),
      numbered: new Map(Object.entries(row.numbered ?? {})),
      ...(row.witness && { witness: row.witness }),
    };
  }

  /** Before the deed: the usernames and sealed passwords of the accounts about to be made. */
  async note(accounts: readonly Noted[]): Promise<void> {
    if (accounts.length === 0) return;
    await this.dataSource.query(note, [
      this.system,
      accounts.map(({ key }) => key),
      accounts.map(({ username }) => username),
      accounts.map(({ base }) => base ?? null),
      accounts.map(({ email }) => email),
      accounts.map(({ password }) => password ?? null),
      accounts.map(({ hiddenHash }) => hiddenHash ?? null),
    ]);
  }

  /** After the deed. */
  async record({ accounts, done, failed }: Result): Promise<void> {
    if (accounts.length + done.length + failed.length === 0) return;
    await this.dataSource.query(record, [
      this.system,
      accounts.map(({ key }) => key),
      accounts.map(({ moodleUserId }) => moodleUserId ?? null),
      accounts.map(({ username }) => username),
      accounts.map(({ base }) => base ?? null),
      accounts.map(({ email }) => email),
      accounts.map(({ password }) => password ?? null),
      accounts.map(({ noted }) => noted),
      accounts.map(({ hiddenHash }) => hiddenHash ?? null),
      accounts.map(({ contentHash }) => contentHash ?? null),
      done.map(({ code }) => code),
      done.map(({ revision }) => revision),
      done.map(({ created }) => created),
      done.map(({ lookedUpAt }) => lookedUpAt ?? null),
      failed.map(({ code }) => code),
      failed.map(({ cause }) => cause),
    ]);
  }
}

const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const knownStudy = (row: SeeRow['studies'][number]): KnownStudy => ({
  code: row.code,
  key: row.key,
  seen: row.seen,
  ...(present(row.applied) && { applied: row.applied }),
  ...(present(row.lookedUp) && { lookedUp: { revision: row.lookedUp, at: row.lookedUpAt ?? 0 } }),
  created: row.created,
  failed: present(row.failed),
  ...(present(row.content) && { content: row.content }),
});

const knownAccount = (row: SeeRow['accounts'][number]): KnownAccount =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => present(value))) as unknown as KnownAccount;
