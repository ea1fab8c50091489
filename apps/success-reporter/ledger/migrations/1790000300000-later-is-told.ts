import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Later1790000200000 } from './1790000200000-later.js';

/** How long *later* was said to hold stands with what 1C was told: both reporters double the same number. */
export class LaterIsTold1790000300000 implements MigrationInterface {
  name = 'LaterIsTold1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop table success_reporter.later');
  }

  async down(runner: QueryRunner): Promise<void> {
    await new Later1790000200000().up(runner);
  }
}
