import type { DataSource } from 'typeorm';
import { hour, type HeldFlag } from '../rules/allowance.js';

/** The ledger in schema `error_flagger`. */
export class FlagLedger {
  constructor(private readonly dataSource: DataSource) {}

  /** Flags of the last hour, and which of these are among them: a repetition needs no allowance of its own. */
  async ofLastHour(system: string, flags: HeldFlag[], now: number): Promise<{ number: number; noted: Set<string> }> {
    await this.dataSource.query('delete from error_flagger.flags where system = $1 and at <= $2', [system, now - hour]);
    const rows = (await this.dataSource.query(
      `select code, (select count(*)::int from error_flagger.flags where system = $1) as number
       from (select null::text as code union all
             select f.code from error_flagger.flags f
             join unnest($2::text[], $3::bigint[]) as given (code, revision) using (code, revision)
             where f.system = $1) as found`,
      [system, flags.map(({ code }) => code), flags.map(({ revision }) => revision)],
    )) as { code: string | null; number: number }[];
    return { number: rows[0]!.number, noted: new Set(rows.flatMap(({ code }) => code ?? [])) };
  }

  /** Written before the calls: the limit holds also when the process dies in between. */
  async note(system: string, flags: HeldFlag[], now: number): Promise<void> {
    await this.dataSource.query(
      `insert into error_flagger.flags (system, code, revision, at)
       select $1, given.*, $4 from unnest($2::text[], $3::bigint[]) as given on conflict do nothing`,
      [system, flags.map(({ code }) => code), flags.map(({ revision }) => revision), now],
    );
  }

  /**
   * Students of the system of whom 1C was ever told anything: the honest number that this side knows. It grows during a
   * first synchronization, so the limit is at its narrowest when least is proved.
   */
  async studentsKnown(system: string): Promise<number> {
    const [row] = (await this.dataSource.query(
      'select count(*)::int as number from operations.told where system = $1',
      [system],
    )) as { number: number }[];
    return row!.number;
  }

  async hold(system: string, flags: HeldFlag[]): Promise<void> {
    if (flags.length === 0) return;
    await this.dataSource.query(
      `insert into error_flagger.held as old (system, code, revision)
       select $1, given.* from unnest($2::text[], $3::bigint[]) as given
       on conflict (system, code) do update set revision = excluded.revision where old.revision < excluded.revision`,
      [system, flags.map(({ code }) => code), flags.map(({ revision }) => revision)],
    );
  }

  /** Forgets whatever something newer or weightier has overtaken, and counts the rest. */
  async stillHeld(system: string): Promise<number> {
    await this.dataSource.query(
      `delete from error_flagger.held h using operations.told t
       where h.system = $1 and t.system = h.system and t.code = h.code
         and (t.revision > h.revision or (t.revision = h.revision and t.told <> 'later'))`,
      [system],
    );
    const [row] = (await this.dataSource.query(
      'select count(*)::int as number from error_flagger.held where system = $1',
      [system],
    )) as { number: number }[];
    return row!.number;
  }

  /** The next held flags after a code, in the order of codes. */
  async heldAfter(system: string, code: string, limit: number): Promise<HeldFlag[]> {
    const rows = (await this.dataSource.query(
      'select code, revision from error_flagger.held where system = $1 and code > $2 order by code limit $3',
      [system, code, limit],
    )) as { code: string; revision: string }[];
    return rows.map((row) => ({ code: row.code, revision: Number(row.revision) }));
  }

  async letGo(system: string, flags: HeldFlag[]): Promise<void> {
    await this.dataSource.query(
      `delete from error_flagger.held h using unnest($2::text[], $3::bigint[]) as given (code, revision)
       where h.system = $1 and h.code = given.code and h.revision <= given.revision`,
      [system, flags.map(({ code }) => code), flags.map(({ revision }) => revision)],
    );
  }
}
