import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One role of a person in a course becomes a list of them. */
export class Roles1790000800000 implements MigrationInterface {
  name = 'Roles1790000800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      rewritten(
        (standing) =>
          `${standing} - 'roleId' || jsonb_build_object('roleIds', jsonb_build_array(${standing}->'roleId'))`,
        'roleId',
      ),
    );
  }

  /** Of several roles the first stays known; the others become others' doing. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      rewritten(
        (standing) => `${standing} - 'roleIds' || jsonb_build_object('roleId', ${standing}->'roleIds'->0)`,
        'roleIds',
      ),
    );
  }
}

/** Both what was made (`is`) and what was noted (`to`) in every entry that has them. */
const rewritten = (form: (standing: string) => string, key: string): string => `
  update accounts set enrolments = (
    select jsonb_object_agg(course, entry
      || case when entry->'is' ? '${key}' then jsonb_build_object('is', ${form("(entry->'is')")}) else '{}' end
      || case when entry->'to' ? '${key}' then jsonb_build_object('to', ${form("(entry->'to')")}) else '{}' end)
    from jsonb_each(enrolments) as given (course, entry))
  where enrolments <> '{}'`;
