import type { MigrationInterface, QueryRunner } from 'typeorm';

const laterTable = `
  create table error_flagger.later (
    system text not null, code text not null, revision bigint not null, hours integer not null,
    primary key (system, code)
  )`;

class FlagsAndHeld1790000300000 implements MigrationInterface {
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

/** How long *later* was said to hold stands with what 1C was told: both tellers double the same number. */
class LaterIsTold1790000400000 implements MigrationInterface {
  name = 'LaterIsTold1790000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table error_flagger.later');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(laterTable);
  }
}

export const migrations = [FlagsAndHeld1790000300000, LaterIsTold1790000400000];
