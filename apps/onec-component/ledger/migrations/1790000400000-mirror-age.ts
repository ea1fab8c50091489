import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MirrorAge1790000400000 implements MigrationInterface {
  name = 'MirrorAge1790000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_component.mirror_state add column refreshed_at timestamptz not null default now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table onec_component.mirror_state drop column refreshed_at');
  }
}
