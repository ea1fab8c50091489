import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CausesOfAFailure1790000670000 implements MigrationInterface {
  name = 'CausesOfAFailure1790000670000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table console.failures add column causes jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table console.failures drop column causes');
  }
}
