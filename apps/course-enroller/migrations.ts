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

class Removals1790000500000 implements MigrationInterface {
  name = 'Removals1790000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table removals (
        system text not null, moodle_user_id bigint not null, course_id bigint not null, at bigint not null,
        constraint removals_key primary key (system, moodle_user_id, course_id));
      create index removals_at on removals (system, at);
      create table removals_held (
        system text not null, moodle_user_id bigint not null, course_id bigint not null, since bigint not null,
        why text not null constraint removals_held_why check ("why" in ('limit', 'emptied')),
        decision text constraint removals_held_decision check ("decision" in ('released', 'discarded')),
        constraint removals_held_key primary key (system, moodle_user_id, course_id));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table removals; drop table removals_held;');
  }
}

class StudyFailed1790000600000 implements MigrationInterface {
  name = 'StudyFailed1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies add column failed text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies drop column failed');
  }
}

class MissingAccount1790000700000 implements MigrationInterface {
  name = 'MissingAccount1790000700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies add column missing_user_id bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table studies drop column missing_user_id');
  }
}

export const migrations = [
  StudiesBindingsAccounts1763750000000,
  Removals1790000500000,
  StudyFailed1790000600000,
  MissingAccount1790000700000,
];
