import type { MigrationInterface, QueryRunner } from 'typeorm';
import { pauseChannel } from '../pauses/channel.js';

export class PauseAndTold1790000000000 implements MigrationInterface {
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
