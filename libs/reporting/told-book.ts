import type { DataSource } from 'typeorm';
import type { ToldToOneC } from '#persistence';
import type { LastTold, Report, Sent } from './report.js';

/** In this order one revision's report outweighs another: success wins. */
const inOrder: readonly ToldToOneC[] = ['later', 'error', 'synchronized'];
const weight = (told: ToldToOneC): number => inOrder.indexOf(told);

interface ToldRow {
  code: string;
  revision: string;
  told: ToldToOneC;
  valid_until: string | null;
  later_hours: number | null;
}

/** Is it news to someone who was last told `last`? A newer revision is; of one revision the weightier report is. */
export function isNews(report: Omit<Report, 'code'>, last: Omit<Report, 'code'> | undefined): boolean {
  if (last === undefined || report.revision > last.revision) return true;
  return report.revision === last.revision && weight(report.told) > weight(last.told);
}

/** Of several reports about one student the weightiest, as far as it is news; at most one per student. */
export function newsOf<R extends Report>(
  reports: readonly R[],
  last: ReadonlyMap<string, Omit<Report, 'code'>> = new Map(),
): R[] {
  const best = new Map<string, R>();
  for (const report of reports) {
    if (isNews(report, best.get(report.code) ?? last.get(report.code))) best.set(report.code, report);
  }
  return [...best.values()];
}

/**
 * What 1C was last told, for all services. Ask and record under the infobase's advisory lock; record after 1C has
 * answered.
 */
export class ToldBook {
  constructor(private readonly dataSource: DataSource) {}

  /** What 1C was last told of these students; whoever it was told nothing of is absent. */
  async lastTold(system: string, codes: string[]): Promise<Map<string, LastTold>> {
    if (codes.length === 0) return new Map();
    const rows: ToldRow[] = await this.dataSource.query(
      'select code, revision, told, valid_until, later_hours from operations.told where system = $1 and code = any($2)',
      [system, codes],
    );
    return new Map(
      rows.map(({ code, revision, told, valid_until, later_hours }) => [
        code,
        {
          revision: Number(revision),
          told,
          ...(valid_until !== null && { validUntil: Number(valid_until) }),
          ...(later_hours !== null && { laterHours: later_hours }),
        },
      ]),
    );
  }

  /** Notes what 1C has been told. What is no news changes nothing. */
  async record(system: string, sent: (Report & Sent)[]): Promise<void> {
    const news = newsOf(sent);
    if (news.length === 0) return;
    await this.dataSource.query(
      `insert into operations.told as old (system, code, revision, told, valid_until, later_hours)
       select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $7::integer[])
       on conflict (system, code) do update
         set revision = excluded.revision, told = excluded.told, valid_until = excluded.valid_until,
             later_hours = excluded.later_hours
         where (excluded.revision, array_position($6::text[], excluded.told))
             > (old.revision, array_position($6::text[], old.told))`,
      [
        system,
        news.map(({ code }) => code),
        news.map(({ revision }) => revision),
        news.map(({ told }) => told),
        news.map(({ validUntil }) => validUntil ?? null),
        inOrder,
        news.map(({ laterHours }) => laterHours ?? null),
      ],
    );
  }
}
