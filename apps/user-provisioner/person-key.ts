import type { Failure, Person } from '#contracts';
import { individualMissing } from './failures.js';

/** Whom an account belongs to: the student's code, or the human, who may have several studies. */
export type AccountsPer = 'student' | 'individual';

export function personKey(per: AccountsPer, person: Person): { key: string } | { failure: Failure } {
  if (per === 'student') return { key: person.code };
  return person.individual === undefined ? { failure: individualMissing(person.code) } : { key: person.individual };
}
