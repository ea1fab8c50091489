import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FilesAndWindow1790001000000 implements MigrationInterface {
  name = 'FilesAndWindow1790001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ims_gateway.systems (
        system text not null primary key, tenure bigint not null, clock bigint not null
      )`);
    await runner.query(`
      create table ims_gateway.files (
        id bigint generated always as identity primary key,
        system text not null, name text not null, content text not null, state text not null,
        claimed_at timestamptz not null, finished_at timestamptz, filed_as text,
        counts jsonb, damage jsonb, decision jsonb, report_due boolean not null
      )`);
    await runner.query('create index files_of_system on ims_gateway.files (system, id)');
    await runner.query(`
      create table ims_gateway.problems (
        file bigint not null references ims_gateway.files (id) on delete cascade, index integer not null,
        line integer not null, element text not null, code text, cause text not null, reason jsonb not null,
        primary key (file, index)
      )`);
    await runner.query(`
      create table ims_gateway.changes (
        file bigint not null references ims_gateway.files (id) on delete cascade, system text not null,
        code text not null, change text not null, state text not null, revision bigint,
        cause text, reason jsonb, finished_at timestamptz,
        primary key (file, code)
      )`);
    await runner.query('create index changes_of_student on ims_gateway.changes (system, code)');
    // What a file says until it is applied: a crash of PostgreSQL empties it, and the file is read again.
    await runner.query(`
      create unlogged table ims_gateway.staged (
        file bigint not null, index integer not null, kind text not null, id text not null,
        course text not null, role text not null, gone boolean not null, data jsonb not null, line integer not null,
        primary key (file, index)
      )`);
    await runner.query(`
      create table ims_gateway.groups (
        system text not null, id text not null, data jsonb not null, primary key (system, id)
      )`);
    await runner.query(`
      create table ims_gateway.persons (
        system text not null, id text not null, data jsonb not null, gone boolean not null, primary key (system, id)
      )`);
    await runner.query(`
      create table ims_gateway.memberships (
        system text not null, course text not null, person text not null, role text not null, data jsonb not null,
        primary key (system, course, person, role)
      )`);
    await runner.query('create index memberships_of_person on ims_gateway.memberships (system, person)');
    await runner.query(`
      create table ims_gateway.students (
        system text not null, code text not null, revision bigint not null, hash text not null,
        in_flight_since bigint, marked boolean not null, recent jsonb not null,
        due bigint, not_before bigint not null, ended text,
        primary key (system, code)
      )`);
    await runner.query(
      'create index students_in_flight on ims_gateway.students (system) where in_flight_since is not null',
    );
    await runner.query('create index students_due on ims_gateway.students (system, due, code) where due is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ims_gateway.students, ims_gateway.memberships, ims_gateway.persons, ims_gateway.groups,
        ims_gateway.staged, ims_gateway.changes, ims_gateway.problems, ims_gateway.files, ims_gateway.systems`);
  }
}
