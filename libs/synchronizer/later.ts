import { Column, Entity, PrimaryColumn, type DataSource } from 'typeorm';
import { bigint } from '#persistence';
import type { LaterStep } from './telling.js';

/** How often *later* was said to a student in a row. Each teller keeps its own, in its own schema. */
@Entity('later')
export class LaterRow {
  @PrimaryColumn({ type: 'text' })
  system: string;

  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'bigint', transformer: bigint })
  revision: number;

  @Column({ type: 'integer' })
  hours: number;
}

/** For the migration of the schema in which it stands. */
export const laterTable = (schema: string): string => `
  create table ${schema}.later (
    system text not null,
    code text not null,
    revision bigint not null,
    hours integer not null,
    primary key (system, code)
  )`;

/** The table `later` of the data source's own schema. */
export class LaterLedger {
  constructor(private readonly dataSource: DataSource) {}

  async steps(system: string, codes: string[]): Promise<Map<string, LaterStep>> {
    if (codes.length === 0) return new Map();
    const rows = (await this.dataSource.query(
      'select code, revision, hours from later where system = $1 and code = any($2)',
      [system, codes],
    )) as { code: string; revision: string; hours: number }[];
    return new Map(rows.map(({ code, revision, hours }) => [code, { revision: Number(revision), hours }]));
  }

  /** Written before the call, so that a repetition after a crash says the same hours again. */
  async note(system: string, steps: ({ code: string } & LaterStep)[]): Promise<void> {
    if (steps.length === 0) return;
    await this.dataSource.query(
      `insert into later as old (system, code, revision, hours)
       select $1, * from unnest($2::text[], $3::bigint[], $4::integer[])
       on conflict (system, code) do update set revision = excluded.revision, hours = excluded.hours
         where old.revision < excluded.revision`,
      [system, steps.map(({ code }) => code), steps.map(({ revision }) => revision), steps.map(({ hours }) => hours)],
    );
  }
}
