import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MissingAccount1790000700000 implements MigrationInterface {
  name = 'MissingAccount1790000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies add column missing_user_id bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies drop column missing_user_id');
  }
}
