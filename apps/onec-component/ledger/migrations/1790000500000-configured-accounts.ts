import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConfiguredAccounts1790000500000 implements MigrationInterface {
  name = 'ConfiguredAccounts1790000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table onec_component.accounts add column configured boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table onec_component.accounts drop column configured');
  }
}
