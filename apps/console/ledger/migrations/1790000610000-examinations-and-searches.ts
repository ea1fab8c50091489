import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExaminationsAndSearches1790000610000 implements MigrationInterface {
  name = 'ExaminationsAndSearches1790000610000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.examinations (
        system text primary key,
        "by" text not null,
        begun_at timestamptz not null,
        ended_at timestamptz,
        parts jsonb not null
      )`);
    // Whom a number of Moodle belongs to, and who studies by a curriculum.
    await runner.query(`
      create index journal_of_moodle_user on console.journal (system, (data->>'moodleUserId'))
      where type = 'itk.user.provisioned.v1'`);
    await runner.query(`
      create index journal_of_curriculum on console.journal (system, (data->'study'->>'curriculum'))
      where type = 'itk.student.changed.v1'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index console.journal_of_curriculum');
    await runner.query('drop index console.journal_of_moodle_user');
    await runner.query('drop table console.examinations');
  }
}
