import type { Failure } from '#contracts';
import type { PersonCase } from '../intake/person-case.js';
import type { KnownAccount, Noted } from '../ledger/known.js';
import type { AccountChange, NewAccount } from '../moodle/accounts.js';

/** How the work on one person's account ended. */
export type AccountEnd =
  | { how: 'unchanged' | 'updated' | 'created' | 'found'; id?: number }
  | { how: 'failed'; failure: Failure; error?: unknown };

/** The work on one person's account, as far as it has come. Only the pass writes it: see {@link AccountStep}. */
export interface AccountInWork {
  readonly person: PersonCase;
  readonly end?: AccountEnd;
  /** To be written to Moodle. */
  readonly create?: { account: NewAccount; noted: Noted; isNoted: boolean };
  readonly change?: AccountChange;
  /** What the ledger is to hold when Moodle has answered. */
  readonly row?: KnownAccount;
}

/** What a decision adds to the work; an empty one: nothing can be said yet. */
export type AccountStep = Partial<Omit<AccountInWork, 'person'>>;

export const failed = (failure: Failure, error?: unknown): AccountStep => ({ end: { how: 'failed', failure, error } });
