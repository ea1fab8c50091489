import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Window1790000100000 implements MigrationInterface {
  name = 'Window1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table onec_poller.students (
        system text not null,
        code text not null,
        hash text not null,
        revision bigint not null,
        in_flight_since bigint,
        marked boolean not null,
        recent jsonb not null,
        owed jsonb,
        primary key (system, code)
      )`);
    await runner.query(
      'create index students_in_flight on onec_poller.students (system) where in_flight_since is not null',
    );
    await runner.query('create index students_owed on onec_poller.students (system) where owed is not null');
    await runner.query(`
      create table onec_poller.systems (
        system text not null primary key,
        tenure bigint not null,
        clock bigint not null,
        binding_sequence bigint not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table onec_poller.students, onec_poller.systems');
  }
}
