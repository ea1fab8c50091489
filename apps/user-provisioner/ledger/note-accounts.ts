import type { Noted } from './known.js';

export const noteAccounts = `
insert into user_provisioner.accounts as account
  (system, person_key, username, base, email, password, hidden_hash, noted)
select $1, given.*, true
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) as given
on conflict (system, person_key) do update
  set username = excluded.username, base = excluded.base, email = excluded.email, password = excluded.password,
      hidden_hash = excluded.hidden_hash, noted = true, moodle_user_id = null, content_hash = null, changed_at = now()`;

export const valuesToNote = (accounts: readonly Noted[]): unknown[] => [
  accounts.map(({ key }) => key),
  accounts.map(({ username }) => username),
  accounts.map(({ base }) => base ?? null),
  accounts.map(({ email }) => email),
  accounts.map(({ password }) => password ?? null),
  accounts.map(({ hiddenHash }) => hiddenHash ?? null),
];
