import type { DataSource } from 'typeorm';
import type { Failure } from '#contracts';
import { isWritable } from '#ims-enterprise';
import { faultIn } from '#moodle';
import { notForFile, usernameInFileTaken } from '../rules/failures.js';
import type { AccountChange, Accounts, FoundAccount, FoundAccounts, NewAccount, Settled } from '../moodle/accounts.js';

const findBy = (column: 'person_key' | 'username'): string => `
select moodle_user_id as id, username, person_key as idnumber, email
from user_provisioner.accounts where system = $1 and ${column} = any ($2) and moodle_user_id is not null`;

const numbers = `select nextval('user_provisioner.file_account_numbers')::int as number from generate_series(1, $1)`;

/** What no account of a file shows: nobody can look. */
const unseen = {
  ...{ firstname: '', lastname: '', fullname: '', auth: '', lang: '', department: '', institution: '', city: '' },
  ...{ country: '', phone1: '', phone2: '', address: '', profile: {}, suspended: false, deleted: false },
};

/**
 * Accounts of a Moodle that takes a file. There is no site to ask: what stands is what the ledger has recorded, and an
 * account is made by giving it a number. What the account is to be travels on with UserProvisioned to course-enroller,
 * which writes the file. A making that was noted and not recorded is simply made again, under another number.
 */
export class FileAccounts implements Accounts {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
  ) {}

  findByKey(keys: readonly string[]): Promise<FoundAccounts> {
    return this.find('person_key', keys);
  }

  findByUsername(usernames: readonly string[]): Promise<FoundAccounts> {
    return this.find('username', usernames);
  }

  async create(accounts: readonly NewAccount[]): Promise<Settled<{ id: number }>[]> {
    const { found } = await this.findByUsername(accounts.map(({ username }) => username));
    const holders = new Map(found.map(({ username, idnumber }) => [username, idnumber]));
    const given = (await this.dataSource.query(numbers, [accounts.length])) as { number: number }[];
    return accounts.map((account, index) => {
      const failure = faultIn(account) ?? unwritable(account);
      if (failure) return { failure };
      const holder = holders.get(account.username);
      if (holder !== undefined && holder !== account.idnumber) return { failure: usernameInFileTaken };
      holders.set(account.username, account.idnumber!);
      return { ok: { id: given[index]!.number } };
    });
  }

  /** Nothing is to be done but to see that it can be written: the ledger keeps it, and the event carries it. */
  update(changes: readonly AccountChange[]): Promise<Settled<true>[]> {
    return Promise.resolve(
      changes.map((change): Settled<true> => {
        const failure = faultIn(change) ?? unwritable(change);
        return failure ? { failure } : { ok: true };
      }),
    );
  }

  private async find(column: 'person_key' | 'username', values: readonly string[]): Promise<FoundAccounts> {
    const rows =
      values.length === 0
        ? []
        : ((await this.dataSource.query(findBy(column), [this.system, values])) as Pick<
            FoundAccount,
            'id' | 'username' | 'idnumber' | 'email'
          >[]);
    return { found: rows.map((row) => ({ ...unseen, ...row })), unreadable: new Map(), staleWitness: false };
  }
}

function unwritable(account: Pick<AccountChange, 'idnumber' | 'username' | 'email'>): Failure | undefined {
  for (const field of ['idnumber', 'username', 'email'] as const)
    if (account[field] !== undefined && !isWritable(account[field])) return notForFile(field);
  return undefined;
}
