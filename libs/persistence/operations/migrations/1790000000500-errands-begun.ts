import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ErrandsBegun1790000000500 implements MigrationInterface {
  name = 'ErrandsBegun1790000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.errand add column begun_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.errand drop column begun_at');
  }
}
