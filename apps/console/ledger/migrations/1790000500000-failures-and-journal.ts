import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FailuresAndJournal1790000500000 implements MigrationInterface {
  name = 'FailuresAndJournal1790000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.failures (
        id text primary key,
        system text not null,
        service text not null,
        queue text,
        message jsonb not null,
        body bytea,
        headers jsonb not null,
        event_type text,
        subject text,
        code text,
        revision bigint,
        origin text,
        trace_id text,
        kind text not null,
        cause text not null,
        about text not null,
        reason jsonb not null,
        cure jsonb,
        fingerprint text not null,
        attempts jsonb not null,
        deaths jsonb not null,
        first_seen timestamptz not null,
        last_seen timestamptz not null,
        state text not null constraint failures_state
          check ("state" in ('open', 'replaying', 'superseded', 'closed', 'archived')),
        closed_by text,
        closed_at timestamptz,
        replay uuid,
        told_on text not null,
        asked_at timestamptz,
        notes jsonb not null default '[]'
      )`);
    await runner.query('create index failures_of_subject on console.failures (system, subject)');
    await runner.query('create index failures_of_cause on console.failures (fingerprint, state)');
    await runner.query('create index failures_in_state on console.failures (state, last_seen)');
    await runner.query(`create index failures_owed on console.failures (id) where told_on = 'owed'`);
    await runner.query(`
      create table console.known (
        system text not null,
        subject text not null,
        evidence jsonb not null,
        study_group text,
        outcome text,
        primary key (system, subject)
      )`);
    await runner.query('create index known_group on console.known (system, study_group)');
    await runner.query(`
      create table console.journal (
        event_id text primary key,
        type text not null,
        system text not null,
        subject text not null,
        revision bigint,
        source text not null,
        at timestamptz not null,
        received timestamptz not null,
        trace_id text,
        data jsonb not null
      )`);
    await runner.query('create index journal_of_subject on console.journal (system, subject, at)');
    await runner.query('create index journal_received on console.journal (received)');
    await runner.query(`
      create table console.publishers (
        system text not null,
        publisher text not null,
        n bigint not null,
        at timestamptz not null,
        primary key (system, publisher)
      )`);
    await runner.query(`
      create table console.gaps (
        system text not null,
        publisher text not null,
        first_missing bigint not null,
        last_missing bigint not null,
        missing bigint not null,
        after timestamptz,
        before timestamptz not null,
        primary key (system, publisher, first_missing)
      )`);
    await runner.query(`
      create table console.replays (
        id uuid primary key,
        "by" text not null,
        what jsonb not null,
        batch_size integer not null,
        rate double precision,
        try_first boolean not null,
        tried boolean not null,
        state text not null constraint replays_state check ("state" in ('running', 'stopped', 'done')),
        said jsonb,
        created_at timestamptz not null,
        ended_at timestamptz
      )`);
    await runner.query(`
      create table console.replay_items (
        replay uuid not null,
        failure text not null,
        position integer not null,
        state text not null constraint replay_items_state
          check ("state" in ('waiting', 'sending', 'sent', 'succeeded', 'failed', 'superseded', 'stopped')),
        said text,
        sent_at timestamptz,
        ended_at timestamptz,
        primary key (replay, failure)
      )`);
    await runner.query('create index replay_items_of_failure on console.replay_items (failure)');
    await runner.query('create index replay_items_next on console.replay_items (replay, state, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table console.failures, console.known, console.journal, console.publishers, console.gaps, console.replays, console.replay_items',
    );
  }
}
