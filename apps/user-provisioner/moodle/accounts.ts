import type { AccountChange, MoodleUser, NewAccount, Settled, Witness } from '#moodle';

export type { AccountChange, NewAccount, Settled, Witness };
export type FoundAccount = MoodleUser;

export interface FoundAccounts {
  found: FoundAccount[];
  /** Values whose account exists but cannot be read: neither found nor free. */
  unreadable: Map<string, Extract<Settled<never>, { failure: unknown }>['failure']>;
  /** The witness is gone from Moodle: take another one. */
  staleWitness: boolean;
}

/**
 * Where accounts live, as this service needs it. Every method takes a batch. What concerns one record is in its answer;
 * what concerns the whole system (outage, wrong setting) is thrown as SynchronizationError.
 */
export interface Accounts {
  findByKey(keys: readonly string[], witness?: Witness): Promise<FoundAccounts>;
  findByUsername(usernames: readonly string[], witness?: Witness): Promise<FoundAccounts>;
  /** Same order as asked. */
  create(accounts: readonly NewAccount[]): Promise<Settled<{ id: number }>[]>;
  /** Same order as asked. */
  update(changes: readonly AccountChange[]): Promise<Settled<true>[]>;
}
