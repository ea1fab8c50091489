import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Removals1790000500000 implements MigrationInterface {
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
