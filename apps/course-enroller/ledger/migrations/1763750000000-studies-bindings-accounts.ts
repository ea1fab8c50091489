import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StudiesBindingsAccounts1763750000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table studies (
        system text not null, code text not null, person_key text not null, origin text not null,
        active boolean not null, moodle_user_id bigint, account_created boolean not null, study_group text not null,
        curriculum text, semester integer, courses jsonb not null, binding_sequence bigint,
        seen bigint not null, applied bigint, applied_user_id bigint, counts jsonb, valid_until bigint,
        missing_asked bigint, missing_asked_by text,
        constraint studies_key primary key (system, code));
      create index studies_person on studies (system, person_key);
      create index studies_curriculum on studies (system, curriculum, semester);
      create table bindings (
        system text not null, curriculum text not null, semester integer not null,
        courses jsonb not null, sequence bigint not null,
        constraint bindings_key primary key (system, curriculum, semester));
      create table accounts (
        system text not null, moodle_user_id bigint not null, enrolments jsonb not null, memberships jsonb not null,
        constraint accounts_key primary key (system, moodle_user_id));
      create table groups (
        system text not null, course_id bigint not null, name text not null, moodle_id bigint not null,
        constraint groups_key primary key (system, course_id, name));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table studies; drop table bindings; drop table accounts; drop table groups;');
  }
}
