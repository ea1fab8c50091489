import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that stand in a file have numbers of ours, and nobody but the ledger knows whose a username is. */
export class FileAccounts1790001100000 implements MigrationInterface {
  name = 'FileAccounts1790001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create sequence user_provisioner.file_account_numbers as integer');
    await runner.query('create index accounts_by_username on user_provisioner.accounts (system, username)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index user_provisioner.accounts_by_username');
    await runner.query('drop sequence user_provisioner.file_account_numbers');
  }
}
