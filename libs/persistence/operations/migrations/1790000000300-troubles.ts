import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Troubles1790000000300 implements MigrationInterface {
  name = 'Troubles1790000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.trouble (
        service text not null,
        system text not null,
        "check" text not null,
        about text not null,
        what jsonb not null,
        mend jsonb not null,
        since timestamptz not null,
        primary key (service, system, "check", about)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.trouble');
  }
}
