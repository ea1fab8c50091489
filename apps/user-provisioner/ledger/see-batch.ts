import type { Origin, StudentChanged } from '#contracts';
import type { Witness } from '../moodle/accounts.js';
import type { Before, KnownAccount, KnownStudy } from './known.js';

export const seeBatch = `
with given as (
  select code, person_key, revision, content::jsonb as content
  from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as given (code, person_key, revision, content)
), seen as (
  insert into user_provisioner.studies as study (system, code, person_key, seen, content)
  select $1, code, person_key, revision, content from given
  on conflict (system, code) do update
    set person_key = excluded.person_key, seen = excluded.seen, content = excluded.content
    where study.seen < excluded.seen
      and (study.content->>'origin' = excluded.content->>'origin' or study.content->>'state' = 'withdrawn')
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
      'owner', case when study.content->>'state' = 'active' then study.content->>'origin' end,
      'content', case when given.revision >= seen
          and (study.content->>'origin' = given.content->>'origin' or study.content->>'state' = 'withdrawn')
        then null else study.content end))
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

export interface BatchToSee {
  changes: readonly { key: string; data: StudentChanged }[];
  /** Codes whose account is said to be missing. */
  missing: readonly string[];
  /** Bases of usernames that may have to be numbered. */
  bases: readonly string[];
  /** Accounts that have proved useless as witnesses. */
  notWitnesses: readonly number[];
}

export const valuesToSee = ({ changes, missing, bases, notWitnesses }: BatchToSee): unknown[] => [
  changes.map(({ data }) => data.person.code),
  changes.map(({ key }) => key),
  changes.map(({ data }) => data.revision),
  changes.map(({ data }) => JSON.stringify(data)),
  missing,
  bases,
  notWitnesses,
];

interface FoundRow {
  studies: ({ code: string; key: string; seen: number; applied: number | null; created: boolean } & {
    failed: string | null;
    lookedUp: number | null;
    lookedUpAt: number | null;
    owner: Origin | null;
    content: StudentChanged | null;
  })[];
  accounts: { [K in keyof KnownAccount]-?: KnownAccount[K] | null }[];
  numbered: Record<string, string>;
  witness: Witness;
}

/** What the statement answers; null where there is nothing of a kind. */
export type SeenRow = { [K in keyof FoundRow]: FoundRow[K] | null };

export const beforeFrom = (row: SeenRow): Before => ({
  studies: new Map((row.studies ?? []).map((study) => [study.code, knownStudy(study)])),
  accounts: new Map((row.accounts ?? []).map((account) => [account.key!, knownAccount(account)])),
  numbered: new Map(Object.entries(row.numbered ?? {})),
  ...(row.witness && { witness: row.witness }),
});

const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

const knownStudy = (row: FoundRow['studies'][number]): KnownStudy => ({
  code: row.code,
  key: row.key,
  seen: row.seen,
  ...(present(row.applied) && { applied: row.applied }),
  ...(present(row.lookedUp) && { lookedUp: { revision: row.lookedUp, time: row.lookedUpAt ?? 0 } }),
  created: row.created,
  failed: present(row.failed),
  ...(present(row.owner) && { owner: row.owner }),
  ...(present(row.content) && { content: row.content }),
});

const knownAccount = (row: FoundRow['accounts'][number]): KnownAccount =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => present(value))) as unknown as KnownAccount;
