import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';

/** How one revision of a person ended. */
export interface Ended {
  code: string;
  revision: number;
  state: 'done' | 'failed';
  cause?: string;
  reason?: Bilingual;
}

/**
 * Frees places and tells the records of the files. A replay may end well what had failed. Any replica may say so. Of
 * one person in a batch the last word on the newest revision counts.
 */
export async function noteOutcomes(dataSource: DataSource, system: string, ended: readonly Ended[]): Promise<void> {
  const newest = new Map<string, Ended>();
  for (const each of ended) {
    const before = newest.get(each.code);
    if (!before || before.revision <= each.revision) newest.set(each.code, each);
  }
  const all = [...newest.values()];
  if (all.length === 0) return;
  await dataSource.query(
    `with told as (
       select code, revision, state, cause, reason
       from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::jsonb[])
         as told (code, revision, state, cause, reason)),
     freed as (
       update ims_gateway.students s set in_flight_since = null, ended = told.state from told
       where s.system = $1 and s.code = told.code and s.revision <= told.revision),
     ended as (
       update ims_gateway.changes c set state = told.state, cause = told.cause, reason = told.reason, finished_at = now()
       from told
       where c.system = $1 and c.code = told.code and c.revision <= told.revision and c.state in ('underWay', 'failed')
       returning c.file)
     update ims_gateway.files set report_due = true where id in (select file from ended)`,
    [
      system,
      all.map(({ code }) => code),
      all.map(({ revision }) => revision),
      all.map(({ state }) => state),
      all.map(({ cause }) => cause ?? null),
      all.map(({ reason }) => (reason ? JSON.stringify(reason) : null)),
    ],
  );
}
