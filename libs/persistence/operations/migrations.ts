import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channel on which every change of `operations.pause` is announced, whoever made it. */
export const pauseChannel = 'itk_pause';

class PauseAndTold1790000000000 implements MigrationInterface {
  name = 'PauseAndTold1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.pause (
        system text not null,
        service text not null,
        kind text not null constraint pause_kind check ("kind" in ('outage', 'configuration', 'person')),
        reason jsonb not null,
        cure jsonb,
        "by" text not null,
        since timestamptz not null,
        primary key (system, service, kind)
      )`);
    await runner.query(`
      create table operations.told (
        system text not null,
        code text not null,
        revision bigint not null,
        told text not null constraint told_told check ("told" in ('later', 'error', 'synchronized')),
        valid_until bigint,
        primary key (system, code)
      )`);
    await runner.query(`
      create function operations.announce_pause() returns trigger language plpgsql as $$
      begin
        perform pg_notify('${pauseChannel}', '');
        return null;
      end $$`);
    await runner.query(`
      create trigger announce after insert or update or delete on operations.pause
      for each row execute function operations.announce_pause()`);
    await runner.query(`
      create trigger announce_truncate after truncate on operations.pause
      for each statement execute function operations.announce_pause()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.pause, operations.told');
    await runner.query('drop function operations.announce_pause()');
  }
}

class Errands1790000000100 implements MigrationInterface {
  name = 'Errands1790000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.errand (
        id uuid primary key,
        service text not null,
        system text,
        what text not null,
        payload jsonb,
        "by" text not null,
        asked_at timestamptz not null,
        finished_at timestamptz,
        result jsonb,
        failure jsonb
      )`);
    await runner.query('create index errand_open on operations.errand (service, asked_at) where finished_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.errand');
  }
}

class Troubles1790000000300 implements MigrationInterface {
  name = 'Troubles1790000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.trouble (
        service text not null,
        system text not null,
        "check" text not null,
        about text not null,
        what jsonb not null,
        mend jsonb not null,
        since timestamptz not null,
        primary key (service, system, "check", about)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.trouble');
  }
}

class BrokerPause1790000000400 implements MigrationInterface {
  name = 'BrokerPause1790000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table operations.pause drop constraint pause_kind, add constraint pause_kind
        check ("kind" in ('outage', 'configuration', 'person', 'broker'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from operations.pause where kind = 'broker'`);
    await runner.query(`
      alter table operations.pause drop constraint pause_kind, add constraint pause_kind
        check ("kind" in ('outage', 'configuration', 'person'))`);
  }
}

class ErrandsBegun1790000000500 implements MigrationInterface {
  name = 'ErrandsBegun1790000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.errand add column begun_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.errand drop column begun_at');
  }
}

class LaterHours1790000000600 implements MigrationInterface {
  name = 'LaterHours1790000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.told add column later_hours integer');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operations.told drop column later_hours');
  }
}

class Consumers1790000000700 implements MigrationInterface {
  name = 'Consumers1790000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table operations.consumer (
        system text not null,
        service text not null,
        process text not null,
        state text not null,
        in_hand integer not null,
        oldest timestamptz,
        settled jsonb not null,
        seen timestamptz not null,
        primary key (system, service, process)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table operations.consumer');
  }
}

export const operationsMigrations = [
  PauseAndTold1790000000000,
  Errands1790000000100,
  Troubles1790000000300,
  BrokerPause1790000000400,
  ErrandsBegun1790000000500,
  LaterHours1790000000600,
  Consumers1790000000700,
];
