import type { Result } from './known.js';

export const recordResult = `
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

export const valuesToRecord = ({ accounts, done, failed }: Result): unknown[] => [
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
];
