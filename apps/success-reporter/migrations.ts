import type { MigrationInterface, QueryRunner } from 'typeorm';

class Later1790000200000 implements MigrationInterface {
  name = 'Later1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table success_reporter.later (
        system text not null, code text not null, revision bigint not null, hours integer not null,
        primary key (system, code)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table success_reporter.later');
  }
}

/** How long *later* was said to hold stands with what 1C was told: both tellers double the same number. */
class LaterIsTold1790000300000 implements MigrationInterface {
  name = 'LaterIsTold1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table success_reporter.later');
  }

  async down(runner: QueryRunner): Promise<void> {
    await new Later1790000200000().up(runner);
  }
}

export const migrations = [Later1790000200000, LaterIsTold1790000300000];
