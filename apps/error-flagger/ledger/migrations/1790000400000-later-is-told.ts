import type { MigrationInterface, QueryRunner } from 'typeorm';
import { laterTable } from './1790000300000-flags-and-held.js';

/** How long *later* was said to hold stands with what 1C was told: both reporters double the same number. */
export class LaterIsTold1790000400000 implements MigrationInterface {
  name = 'LaterIsTold1790000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table error_flagger.later');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(laterTable);
  }
}
