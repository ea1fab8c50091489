import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Consumers1790000000700 implements MigrationInterface {
  name = 'Consumers1790000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.consumer (
        system text not null,
        service text not null,
        process text not null,
        state text not null,
        in_hand integer not null,
        oldest timestamptz,
        settled jsonb not null,
        seen timestamptz not null,
        primary key (system, service, process)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.consumer');
  }
}
