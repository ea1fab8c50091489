import type { Accounts, FoundAccounts, Witness } from '../moodle/accounts.js';

/** They go with every look into the ledger; the oldest may have become useful again. */
const mostNotWitnesses = 100;
const nobody = (): FoundAccounts => ({ found: [], unreadable: new Map(), staleWitness: false });

/** Asks Moodle whose a key or a username is, each time with an account that has to show if look-ups work at all. */
export class LookUps {
  /** The last accounts that have proved useless for seeing whether look-ups work. */
  readonly notWitnesses: number[] = [];

  constructor(private readonly parts: { accounts: Pick<Accounts, 'findByKey' | 'findByUsername'> }) {}

  async ask(
    how: 'findByKey' | 'findByUsername',
    values: readonly string[],
    witness: Witness | undefined,
  ): Promise<FoundAccounts> {
    if (values.length === 0) return nobody();
    const answered = await this.parts.accounts[how](values, witness);
    // A witness that Moodle cannot show spoils every answer that it is in.
    const spoilt = witness !== undefined && answered.unreadable.size >= new Set(values).size;
    if (witness && (spoilt || answered.staleWitness) && !this.notWitnesses.includes(witness.id)) {
      this.notWitnesses.push(witness.id);
      this.notWitnesses.splice(0, this.notWitnesses.length - mostNotWitnesses);
    }
    if (spoilt) return this.parts.accounts[how](values);
    return answered;
  }
}
