import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConsumerVersion1790000000800 implements MigrationInterface {
  name = 'ConsumerVersion1790000000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table operations.consumer
        add version text not null default '',
        add since timestamptz not null default now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.consumer drop version, drop since');
  }
}
