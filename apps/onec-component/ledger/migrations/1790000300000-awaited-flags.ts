import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AwaitedFlags1790000300000 implements MigrationInterface {
  name = 'AwaitedFlags1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_component.offered
        add column awaited boolean not null default false, add column doubtful boolean not null default false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table onec_component.offered drop column awaited, drop column doubtful');
  }
}
