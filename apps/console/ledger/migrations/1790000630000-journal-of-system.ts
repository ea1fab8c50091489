import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A system's events by time, and when one came last, however much the other systems have to say. */
export class JournalOfSystem1790000630000 implements MigrationInterface {
  name = 'JournalOfSystem1790000630000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index journal_of_system on console.journal (system, received)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index console.journal_of_system');
  }
}
