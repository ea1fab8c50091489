import type { DataSource } from 'typeorm';

const atOnce = 5_000;

/** Deletes in pieces, so that nobody waits long for a lock. @returns rows deleted */
async function inPieces(
  dataSource: DataSource,
  sql: string,
  parameters: unknown[],
  stop: AbortSignal,
): Promise<number> {
  let sum = 0;
  for (;;) {
    const [, deleted] = (await dataSource.query(sql, parameters)) as [unknown, number];
    sum += deleted;
    if (deleted < atOnce || stop.aborted) return sum;
  }
}

/**
 * Forgets what is older than so many days: events, gaps, finished replays, and failures that have not been open for as
 * long, with their messages. What is open stays, however old.
 */
export async function forgetOld(
  dataSource: DataSource,
  days: number,
  stop: AbortSignal = new AbortController().signal,
): Promise<{ events: number; failures: number }> {
  const old = `now() - make_interval(days => $1)`;
  const events = await inPieces(
    dataSource,
    `with old as materialized (select event_id from console.journal where received < ${old} limit ${atOnce})
     delete from console.journal j using old where j.event_id = old.event_id`,
    [days],
    stop,
  );
  const failures = await inPieces(
    dataSource,
    `with old as materialized (
       select id from console.failures where state not in ('open', 'replaying') and closed_at < ${old} limit ${atOnce})
     delete from console.failures f using old where f.id = old.id`,
    [days],
    stop,
  );
  await dataSource.query(`delete from console.gaps where before < ${old}`, [days]);
  // A publisher that has been silent for longer than anybody is expected to be.
  await dataSource.query(`delete from console.publishers where at < now() - make_interval(days => $1 + 365)`, [days]);
  await dataSource.query(
    `with gone as (delete from console.replays where state <> 'running' and ended_at < ${old} returning id)
     delete from console.replay_items where replay in (select id from gone)`,
    [days],
  );
  await dataSource.query(
    `delete from console.edits e where not exists (select from console.failures f where f.id = e.failure)`,
  );
  return { events, failures };
}
