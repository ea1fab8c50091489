import { Column, Entity, Index, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { bigint } from '../schema/bigint.js';

/** A service's schema of the smallest kind, for the tests of this library. */
@Entity({ name: 'student' })
@Index('student_revision', ['revision'])
export class Student {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;
}

export class Student1790000000001 implements MigrationInterface {
  name = 'Student1790000000001';

  async up(runner: QueryRunner): Promise<void> {
    // Found by the search path: no migration repeats the name of its schema. Not repeatable, on purpose.
    await runner.query('create table student (code text primary key, revision bigint not null)');
    await runner.query('create index student_revision on student (revision)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table student');
  }
}

export const ledger = { schema: 'ledger', entities: [Student], migrations: [Student1790000000001] };
