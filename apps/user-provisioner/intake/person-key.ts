import { personKey as keyOf, type AccountsPer, type Failure, type Person } from '#contracts';
import { individualMissing } from '../rules/failures.js';

/** What the person's account is known by; who is not named fails. */
export function personKey(per: AccountsPer, person: Person): { key: string } | { failure: Failure } {
  const key = keyOf(per, person);
  return key === undefined ? { failure: individualMissing(person.code) } : { key };
}
