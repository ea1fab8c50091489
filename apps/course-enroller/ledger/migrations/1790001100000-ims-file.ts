import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a file of IMS Enterprise is written from, for a Moodle without web services. */
export class ImsFile1790001100000 implements MigrationInterface {
  name = 'ImsFile1790001100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table file_persons (
        system text not null, moodle_user_id bigint not null, revision bigint not null, account jsonb not null,
        constraint file_persons_key primary key (system, moodle_user_id));
      create table file_memberships (
        system text not null, course_id bigint not null, moodle_user_id bigint not null, role_id integer not null,
        active boolean not null, begins bigint not null, ends bigint not null, study_group text,
        constraint file_memberships_key primary key (system, course_id, moodle_user_id, role_id));
      create index file_memberships_person on file_memberships (system, moodle_user_id);
      create table file_states (
        system text not null, changed bigint not null, changed_at timestamptz not null,
        waiting_since timestamptz, written bigint not null, courses text not null, written_at timestamptz,
        constraint file_states_key primary key (system));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table file_states; drop table file_memberships; drop table file_persons;');
  }
}
