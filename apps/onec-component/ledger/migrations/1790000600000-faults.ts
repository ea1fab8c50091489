import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Faults1790000600000 implements MigrationInterface {
  name = 'Faults1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      create table faults (
        system text not null, student text not null, sequence bigint not null, text text not null,
        primary key (system, student)
      );
      create index faults_sequence on faults (system, sequence);
      create table fault_sequences (system text primary key, last bigint not null);
      create index synchronization_period on synchronization (system, period)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      drop index synchronization_period;
      drop table faults, fault_sequences`);
  }
}
