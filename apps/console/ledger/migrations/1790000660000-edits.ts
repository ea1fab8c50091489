import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Edits1790000660000 implements MigrationInterface {
  name = 'Edits1790000660000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.edits (
        event_id text primary key,
        failure text not null,
        replay uuid not null,
        system text not null,
        subject text not null,
        revision bigint not null,
        "by" text not null,
        time timestamptz not null,
        fields jsonb not null,
        body bytea not null
      )`);
    await runner.query('create index edits_of_failure on console.edits (failure)');
    await runner.query('create index edits_of_subject on console.edits (system, subject, revision)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table console.edits');
  }
}
