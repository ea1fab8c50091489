import { setTimeout as rest } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { log, Troubles } from '#platform';

/** Milliseconds between two looks. */
const lookEvery = 3_000;
/** Rows that must have changed since a table was last looked after: fewer do no harm, whatever the planner thinks. */
const worthwhile = 1_000;

/**
 * Vacuums and analyzes the tables of these schemas that have grown or changed by half. PostgreSQL does the same by
 * itself, but looks only once a minute: a first load is through by then, all of it with plans made for empty tables.
 * @returns the names of the tables
 */
export async function lookAfter(dataSource: DataSource, schemas: readonly string[]): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    // Of a table that belongs to another role PostgreSQL would only warn, again and again.
    `select format('%I.%I', stat.schemaname, stat.relname) as name
     from pg_stat_user_tables stat join pg_class c on c.oid = stat.relid
     where stat.schemaname = any($1) and stat.n_mod_since_analyze >= greatest($2, stat.n_live_tup / 2)
       and pg_has_role(c.relowner, 'usage')`,
    [schemas, worthwhile],
  );
  // Another replica, or PostgreSQL itself, may be at it.
  for (const { name } of rows) await dataSource.query(`vacuum (analyze, skip_locked) ${name}`);
  return rows.map(({ name }) => name);
}

/** Looks after a service's own tables, and the shared ones, for as long as the application lives. */
export class Upkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly schemas: readonly string[],
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(stop: AbortSignal): Promise<void> {
    const troubles = new Troubles(log('Upkeep'), 'the tables could not be looked after', { schemas: this.schemas });
    while (!stop.aborted) {
      await rest(lookEvery, undefined, { signal: stop, ref: false }).catch(() => undefined);
      if (stop.aborted) return;
      await lookAfter(this.dataSource, this.schemas).then(
        () => troubles.succeeded(),
        (error: unknown) => troubles.failed(error),
      );
    }
  }
}
