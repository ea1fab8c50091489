import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LaterHours1790000000600 implements MigrationInterface {
  name = 'LaterHours1790000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.told add column later_hours integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.told drop column later_hours');
  }
}
