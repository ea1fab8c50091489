import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of *Create bindings*: how far each has come, so that a restart goes on with the rest. */
export class EmptyBindingRuns1790000800000 implements MigrationInterface {
  name = 'EmptyBindingRuns1790000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table onec_component.empty_binding_runs (
        id uuid primary key, system text not null, curriculum text, login text not null, author text not null,
        state text not null, total int not null, done int not null, documents int not null, lines int not null,
        last_curriculum text not null, failures jsonb not null, started_at timestamptz not null default now(),
        ended_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table onec_component.empty_binding_runs');
  }
}
