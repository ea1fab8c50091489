import type { MigrationInterface, QueryRunner } from 'typeorm';

export class QueueSamples1790000620000 implements MigrationInterface {
  name = 'QueueSamples1790000620000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.queue_samples (
        system text not null,
        service text not null,
        time timestamptz not null,
        minutes integer not null,
        ready integer,
        in_hand integer,
        retry integer,
        dead integer,
        done integer,
        retried integer,
        died integer,
        primary key (system, service, time, minutes)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table console.queue_samples');
  }
}
