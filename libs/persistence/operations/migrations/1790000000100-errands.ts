import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Errands1790000000100 implements MigrationInterface {
  name = 'Errands1790000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.errand (
        id uuid primary key,
        service text not null,
        system text,
        what text not null,
        payload jsonb,
        "by" text not null,
        asked_at timestamptz not null,
        finished_at timestamptz,
        result jsonb,
        failure jsonb
      )`);
    await runner.query('create index errand_open on operations.errand (service, asked_at) where finished_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.errand');
  }
}
