import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OpenId1790000690000 implements MigrationInterface {
  name = 'OpenId1790000690000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table console.users add openid_issuer text, add openid_subject text');
    await runner.query('create unique index users_of_openid on console.users (openid_issuer, openid_subject)');
    await runner.query('alter table console.sessions add id_token text');
    await runner.query(`
      create table console.openid_sign_ins (
        state bytea primary key,
        browser bytea not null,
        nonce text not null,
        verifier text not null,
        return_to text not null,
        begun_at timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table console.openid_sign_ins');
    await runner.query('alter table console.sessions drop id_token');
    await runner.query('alter table console.users drop openid_issuer, drop openid_subject');
  }
}
