import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which ELS have come from 1C: each comes once, and then belongs to the people of the desk. */
export class TakenSystems1790001200000 implements MigrationInterface {
  name = 'TakenSystems1790001200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table onec_component.systems_taken (code text primary key);
      insert into onec_component.systems_taken select code from onec_component.systems`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table onec_component.systems_taken');
  }
}
