import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long *later* was last said to hold. Ended by the next migration. */
export class Later1790000200000 implements MigrationInterface {
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
