import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notices1790000650000 implements MigrationInterface {
  name = 'Notices1790000650000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table console.notice_troubles (
        key text primary key,
        trouble jsonb not null,
        seen_at timestamptz not null,
        told_number integer,
        grown_at timestamptz,
        ended_at timestamptz
      )`);
    await runner.query(`
      create table console.notices (
        id uuid primary key,
        time timestamptz not null,
        items jsonb not null,
        standing integer not null
      )`);
    await runner.query('create index notices_time on console.notices (time)');
    await runner.query(`
      create table console.notice_deliveries (
        notice uuid not null,
        channel text not null constraint notice_delivery_channel check ("channel" in ('mail', 'webhook')),
        attempts integer not null default 0,
        next_at timestamptz not null,
        sent_at timestamptz,
        given_up_at timestamptz,
        reason jsonb,
        primary key (notice, channel)
      )`);
    await runner.query('create table console.heartbeat (id integer primary key, called_at timestamptz not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['heartbeat', 'notice_deliveries', 'notices', 'notice_troubles'])
      await runner.query(`drop table console.${table}`);
  }
}
