import type { MigrationInterface, QueryRunner } from 'typeorm';

export class UsersSessionsAudit1790000600000 implements MigrationInterface {
  name = 'UsersSessionsAudit1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.users (
        login text primary key,
        name text not null,
        password_hash text,
        grants jsonb not null,
        disabled boolean not null,
        created_at timestamptz not null,
        signed_in_at timestamptz
      )`);
    await runner.query(`
      create table console.sessions (
        token bytea primary key,
        login text not null,
        created_at timestamptz not null,
        seen_at timestamptz not null
      )`);
    await runner.query('create index sessions_of_user on console.sessions (login)');
    await runner.query(`
      create table console.invitations (
        token bytea primary key,
        login text,
        expires_at timestamptz not null
      )`);
    await runner.query(`
      create table console.sign_in_tries (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`);
    await runner.query(`
      create table console.audit (
        id bigint generated always as identity primary key,
        time timestamptz not null,
        "by" text not null,
        action text not null,
        system text,
        about text,
        reason text,
        fields jsonb not null,
        outcome text,
        number bigint
      )`);
    await runner.query('create index audit_time on console.audit (time)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table console.users, console.sessions, console.invitations, console.sign_in_tries, console.audit',
    );
  }
}
