import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AccountsAndStudies1790000000000 implements MigrationInterface {
  name = 'AccountsAndStudies1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table user_provisioner.accounts (
        system text not null,
        person_key text not null,
        moodle_user_id integer,
        username text not null,
        base text,
        email text not null,
        password text,
        noted boolean not null,
        hidden_hash text,
        content_hash text,
        changed_at timestamptz not null default now(),
        primary key (system, person_key)
      )`);
    await runner.query(
      `create index accounts_by_base on user_provisioner.accounts (system, base) where base is not null`,
    );
    await runner.query(`create index accounts_by_moodle_user on user_provisioner.accounts (system, moodle_user_id)`);
    // A study is written twice for each revision and never in an indexed column: room for that on its page.
    await runner.query(`
      create table user_provisioner.studies (
        system text not null,
        code text not null,
        person_key text not null,
        seen bigint not null,
        content jsonb not null,
        applied bigint,
        created boolean not null default false,
        failed text,
        looked_up bigint,
        looked_up_at bigint,
        primary key (system, code)
      ) with (fillfactor = 60)`);
    await runner.query(`create index studies_by_person on user_provisioner.studies (system, person_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table user_provisioner.studies, user_provisioner.accounts');
  }
}
