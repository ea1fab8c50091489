import type { DataSource } from 'typeorm';
import type { Before, Noted, Result } from './known.js';
import { noteAccounts, valuesToNote } from './note-accounts.js';
import { recordResult, valuesToRecord } from './record-result.js';
import { beforeFrom, seeBatch, valuesToSee, type BatchToSee, type SeenRow } from './see-batch.js';

/** The tables of this service for one system. Every method is one statement for the whole batch. */
export class Ledger {
  constructor(
    private readonly dataSource: Pick<DataSource, 'query'>,
    private readonly system: string,
  ) {}

  /** Sets what has been seen, and answers how matters stood before, also for other studies of the same persons. */
  async see(batch: BatchToSee): Promise<Before> {
    const [row] = (await this.dataSource.query(seeBatch, [this.system, ...valuesToSee(batch)])) as [SeenRow];
    return beforeFrom(row);
  }

  /** Before the deed: the usernames and sealed passwords of the accounts about to be made. */
  async note(accounts: readonly Noted[]): Promise<void> {
    if (accounts.length > 0) await this.dataSource.query(noteAccounts, [this.system, ...valuesToNote(accounts)]);
  }

  /** After the deed. */
  async record(result: Result): Promise<void> {
    const { accounts, done, failed } = result;
    if (accounts.length + done.length + failed.length > 0)
      await this.dataSource.query(recordResult, [this.system, ...valuesToRecord(result)]);
  }
}
