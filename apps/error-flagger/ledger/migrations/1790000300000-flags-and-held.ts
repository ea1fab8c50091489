import type { MigrationInterface, QueryRunner } from 'typeorm';

export const laterTable = `
  create table error_flagger.later (
    system text not null, code text not null, revision bigint not null, hours integer not null,
    primary key (system, code)
  )`;

export class FlagsAndHeld1790000300000 implements MigrationInterface {
  name = 'FlagsAndHeld1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table error_flagger.flags (
        system text not null,
        code text not null,
        revision bigint not null,
        at bigint not null,
        primary key (system, code, revision)
      )`);
    await runner.query('create index flags_at on error_flagger.flags (system, at)');
    await runner.query(`
      create table error_flagger.held (
        system text not null,
        code text not null,
        revision bigint not null,
        primary key (system, code)
      )`);
    await runner.query(laterTable);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table error_flagger.flags, error_flagger.held, error_flagger.later');
  }
}
