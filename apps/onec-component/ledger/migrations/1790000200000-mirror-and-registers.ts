import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MirrorAndRegisters1790000200000 implements MigrationInterface {
  name = 'MirrorAndRegisters1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      create table students (code text primary key, individual text not null);
      create table student_statuses (
        student text not null, period timestamp(0) not null, line int not null,
        status text not null, study_group text, semester int,
        primary key (student, period, line)
      );
      create table individual_full_names (
        individual text not null, period timestamp(0) not null,
        lastname text not null, firstname text not null, middlename text not null,
        primary key (individual, period)
      );
      create table study_groups (
        code text primary key, name text not null, year int, field text, profile text, mode text, site text
      );
      create table curricula (
        code text primary key, name text not null, year int, field text, profile text, mode text, site text,
        template boolean not null, status text not null, graduating_department text, level text
      );
      create index curricula_fit on curricula (year, field, profile, mode, site);
      create table curriculum_lines (
        curriculum text not null, discipline_kind text not null, discipline text not null,
        semester int not null, department text not null,
        primary key (curriculum, discipline_kind, discipline, semester, department)
      );
      create table disciplines (kind text not null, code text not null, name text not null, primary key (kind, code));
      create table departments (code text primary key, name text not null);
      create table mirror_state (one int primary key, fingerprint text not null, compared_at timestamp(0) not null);

      create table systems (code text primary key, name text not null, address text not null);
      create unique index systems_name on systems (name);
      create table synchronization (
        system text not null, student text not null, period timestamp(0) not null, error boolean not null,
        primary key (system, student, period)
      );
      create table binding_documents (
        id uuid primary key, number text not null, date timestamp(0) not null, posted boolean not null, author text not null
      );
      create unique index binding_documents_number on binding_documents (number);
      create table binding_document_lines (
        document uuid not null, line int not null, curriculum text not null, department text not null,
        discipline_kind text not null, discipline text not null, semester int not null, system text not null,
        course_id int not null, change boolean not null, several boolean not null,
        primary key (document, line)
      );
      create table academic_course_bindings (
        system text not null, curriculum text not null, semester int not null, discipline_kind text not null,
        discipline text not null, department text not null, period timestamp(0) not null,
        course_id int not null constraint academic_course_bindings_course check (course_id >= 0),
        recorder uuid not null, line int not null,
        primary key (system, curriculum, semester, discipline_kind, discipline, department, period)
      );
      create index academic_course_bindings_recorder on academic_course_bindings (recorder);
      create table binding_changes (
        system text not null, curriculum text not null, semester int not null, sequence bigint not null,
        primary key (system, curriculum, semester)
      );
      create index binding_changes_sequence on binding_changes (system, sequence);
      create table binding_sequence (one int primary key, last bigint not null);
      insert into binding_sequence values (1, 0);
      create table offered (
        system text not null, student text not null, fingerprint text not null, primary key (system, student)
      );
      create table accounts (user_name text primary key, password_hash text not null, roles text[] not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      set local search_path to onec_component;
      drop table students, student_statuses, individual_full_names, study_groups, curricula, curriculum_lines,
        disciplines, departments, mirror_state, systems, synchronization, binding_documents, binding_document_lines,
        academic_course_bindings, binding_changes, binding_sequence, offered, accounts`);
  }
}
