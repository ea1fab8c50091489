import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes seldom is found among a million others by its type; what comes with every student needs no index for it. */
export class RareEvents1790000640000 implements MigrationInterface {
  name = 'RareEvents1790000640000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index journal_of_rare_type on console.journal (type, received) where type not in
        ('itk.student.changed.v1', 'itk.user.provisioned.v1', 'itk.student.synchronized.v1', 'itk.student.reported.v1')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index console.journal_of_rare_type');
  }
}
