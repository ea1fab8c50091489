import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StudyFailed1790000600000 implements MigrationInterface {
  name = 'StudyFailed1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies add column failed text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies drop column failed');
  }
}
