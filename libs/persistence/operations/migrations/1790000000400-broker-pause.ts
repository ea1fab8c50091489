import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BrokerPause1790000000400 implements MigrationInterface {
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
