import type { Failure } from '#contracts';
import type { FoundAccount } from '../moodle/accounts.js';
import { accountAmbiguous } from './failures.js';

/**
 * Which of the accounts that carry the person's key is the person's. Moodle does not keep idnumber unique: the one in
 * the ledger counts, then the one with the reserved username.
 */
export function ownAccount(
  key: string,
  found: readonly FoundAccount[],
  known: { id?: number; username?: string },
): { account: FoundAccount } | { failure: Failure } | undefined {
  // Some databases compare without regard to case: a key must agree to the letter.
  const own = found.filter((account) => account.idnumber === key);
  if (own.length === 0) return undefined;
  const account =
    own.length === 1
      ? own[0]
      : (own.find(({ id }) => id === known.id) ?? own.find(({ username }) => username === known.username));
  return account ? { account } : { failure: accountAmbiguous(own.map(({ id }) => id).sort((a, b) => a - b)) };
}

/** What it means for a person that an account already has the username meant for them. */
export type Holding = 'own' | 'adopt' | 'other';

/**
 * An account without idnumber may be taken over where the system is set so. One whose username is made from a name may
 * be a namesake's: there the whole name must agree too.
 */
export function holding(
  holder: Pick<FoundAccount, 'idnumber' | 'firstname' | 'lastname'>,
  person: { key: string; firstname: string; lastname: string },
  rule: { adopt: boolean; usernameFromCode: boolean },
): Holding {
  if (holder.idnumber === person.key) return 'own';
  if (holder.idnumber !== '' || !rule.adopt) return 'other';
  if (rule.usernameFromCode) return 'adopt';
  const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
  return same(holder.firstname, person.firstname) && same(holder.lastname, person.lastname) ? 'adopt' : 'other';
}
