import type { MigrationInterface, QueryRunner } from 'typeorm';
import { laterTable } from '#synchronizer';

class Later1790000200000 implements MigrationInterface {
  name = 'Later1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(laterTable('success_reporter'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table success_reporter.later');
  }
}

export const migrations = [Later1790000200000];
