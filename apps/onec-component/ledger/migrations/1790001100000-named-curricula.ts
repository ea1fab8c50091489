import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where 1C's state of a student names the curriculum, and to which faculty a group belongs. */
export class NamedCurricula1790001100000 implements MigrationInterface {
  name = 'NamedCurricula1790001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_component.student_statuses add column curriculum text;
      alter table onec_component.study_groups add column faculty text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table onec_component.student_statuses drop column curriculum;
      alter table onec_component.study_groups drop column faculty`);
  }
}
