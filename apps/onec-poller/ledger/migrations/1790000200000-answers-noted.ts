import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnswersNoted1790000200000 implements MigrationInterface {
  name = 'AnswersNoted1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_poller.systems
        add column error_sequence bigint not null default 0, add column asked_at bigint,
        add column pages_lost integer not null default 0, add column lost_since bigint, add column lost_at bigint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_poller.systems drop column error_sequence, drop column asked_at, drop column pages_lost,
        drop column lost_since, drop column lost_at`);
  }
}
