import type { DataSource } from 'typeorm';
import type { StudentChanged } from '#contracts';
import type { SystemConfiguration } from '#platform';
import { valuesWith } from '../rules/template/missing-names.js';
import { accountSettings } from '../rules/settings.js';
import { usernameFor } from '../rules/username/username.js';

/** What this service knows of a Moodle's accounts: for the doctor. */
export interface KnownAccounts {
  /** One that is there, made or found last. */
  witness?: { id: number; username: string; idnumber: string; email: string };
  /** Those still to be found or made, newest first. */
  expected: { username: string; idnumber: string }[];
}

/** More than a doctor looks at. */
const atMost = 200;

const known = `
select
  (select json_build_object('id', moodle_user_id, 'username', username, 'idnumber', person_key, 'email', email)
    from user_provisioner.accounts where system = $1 and moodle_user_id is not null
    order by changed_at desc limit 1) as witness,
  (select coalesce(json_agg(json_build_object('key', person_key, 'username', username, 'content', content)), '[]')
    from (
      select study.person_key, account.username, study.content
      from user_provisioner.studies as study left join user_provisioner.accounts as account using (system, person_key)
      where system = $1 and account.moodle_user_id is null and study.content->>'state' = 'active'
      order by study.seen desc limit ${atMost}
    ) as missing) as missing`;

export async function knownAccounts(
  system: Pick<SystemConfiguration, 'id' | 'accounts' | 'imsFile'>,
  dataSource: Pick<DataSource, 'query'>,
): Promise<KnownAccounts> {
  const settings = accountSettings(system);
  const [{ witness, missing }] = (await dataSource.query(known, [system.id])) as [
    {
      witness: KnownAccounts['witness'] | null;
      missing: { key: string; username: string | null; content: StudentChanged }[];
    },
  ];
  const expected = missing.map(({ key, username, content }) => ({
    username: username ?? usernameFor(settings.username, valuesWith(settings.missingNames, content)),
    idnumber: key,
  }));
  return {
    ...(witness && { witness }),
    expected: expected.filter(({ username }) => username !== ''),
  };
}
