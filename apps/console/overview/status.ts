import { In, type DataSource } from 'typeorm';
import { lockNumber, Pause, Trouble } from '#persistence';

export interface SystemStatus {
  system: string;
  pauses: Pause[];
  /** Students of whom anything is known, by their newest outcome. */
  students: { known: number; synchronized: number; failed: number };
  /** Failures that wait for a person, by kind. */
  open: Record<string, number>;
  replaying: number;
  /** The last word that 1C was told. */
  lastReported: Date | null;
  /** Events that never reached the journal. */
  missing: number;
}

/** The console's lease, by which exactly one of them works. */
export const dutyKey = 'console duty';

/** Does a console drain and replay at this moment? */
export async function isOnDuty(dataSource: DataSource): Promise<boolean> {
  const rows = (await dataSource.query(
    `select 1 from pg_locks where locktype = 'advisory' and granted and objsubid = 1
       and database = (select oid from pg_database where datname = current_database())
       and ((classid::bigint << 32) | objid::bigint) = $1::bigint`,
    [lockNumber(dutyKey).toString()],
  )) as unknown[];
  return rows.length > 0;
}

export async function statusOf(dataSource: DataSource, systems: readonly string[]): Promise<SystemStatus[]> {
  const pauses = await dataSource.getRepository(Pause).find({ order: { since: 'asc' } });
  const failures = (await dataSource.query(
    `select system, kind, state, count(*)::int as number from console.failures
     where state in ('open', 'replaying') group by system, kind, state`,
  )) as { system: string; kind: string; state: string; number: number }[];
  const students = (await dataSource.query(
    `select system, count(*)::int as known, count(*) filter (where outcome = 'synchronized')::int as synchronized,
       count(*) filter (where outcome not in ('synchronized', 'binding'))::int as failed,
       max((evidence->'reported'->>'at')::bigint) as reported
     from console.known where subject not like '#%' group by system`,
  )) as { system: string; known: number; synchronized: number; failed: number; reported: string | null }[];
  const gaps = (await dataSource.query(
    'select system, sum(missing)::int as missing from console.gaps group by system',
  )) as { system: string; missing: number }[];
  return systems.map((system) => {
    const own = failures.filter((row) => row.system === system);
    const { known = 0, synchronized = 0, failed = 0, reported } = students.find((row) => row.system === system) ?? {};
    return {
      system,
      pauses: pauses.filter((pause) => pause.system === system),
      students: { known, synchronized, failed },
      open: Object.fromEntries(own.filter(({ state }) => state === 'open').map(({ kind, number }) => [kind, number])),
      replaying: own.filter(({ state }) => state === 'replaying').reduce((sum, { number }) => sum + number, 0),
      lastReported: reported ? new Date(Number(reported)) : null,
      missing: gaps.find((row) => row.system === system)?.missing ?? 0,
    };
  });
}

/** What services have found and no message carries, of these systems and of none in particular. */
export async function standingTroubles(dataSource: DataSource, systems: readonly string[]): Promise<Trouble[]> {
  return dataSource.getRepository(Trouble).find({
    where: { system: In([...systems, '']) },
    order: { service: 'asc', system: 'asc', check: 'asc', about: 'asc' },
  });
}
