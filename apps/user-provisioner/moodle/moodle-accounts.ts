import type { MoodleClient, UserKey } from '#moodle';
import type { AccountChange, Accounts, FoundAccounts, NewAccount, Settled, Witness } from './accounts.js';

/** Accounts in one Moodle. The person key is its `idnumber`. */
export class MoodleAccounts implements Accounts {
  constructor(private readonly moodle: Pick<MoodleClient, 'usersByField' | 'createAccounts' | 'updateAccounts'>) {}

  findByKey(keys: readonly string[], witness?: Witness): Promise<FoundAccounts> {
    return this.find('idnumber', keys, witness);
  }

  findByUsername(usernames: readonly string[], witness?: Witness): Promise<FoundAccounts> {
    return this.find('username', usernames, witness);
  }

  create(accounts: readonly NewAccount[]): Promise<Settled<{ id: number }>[]> {
    return this.moodle.createAccounts(accounts);
  }

  update(changes: readonly AccountChange[]): Promise<Settled<true>[]> {
    return this.moodle.updateAccounts(changes);
  }

  private async find(field: UserKey, values: readonly string[], witness?: Witness): Promise<FoundAccounts> {
    if (values.length === 0) return { found: [], unreadable: new Map(), staleWitness: false };
    const { users, unreadable, staleWitness } = await this.moodle.usersByField(field, values, witness);
    return {
      found: users.filter((user) => !user.deleted),
      unreadable: new Map(unreadable.map(({ value, failure }) => [value, failure])),
      staleWitness,
    };
  }
}
