import type { DataSource, EntityManager } from 'typeorm';
import { bySystem } from '../failures/by-system.js';
import { closedBy, evidenceOf, join, type Evidence } from '../failures/evidence.js';
import {
  endItemsOfClosed,
  evidenceOn,
  failuresById,
  inTurn,
  saveEvidence,
  saveFailures,
  unsettledFailures,
} from '../failures/store.js';
import { withoutLetter } from '../failures/without-letter.js';
import type { Entry } from './entry.js';
import { gapsIn, type Count, type Gap, type Seen } from './gaps.js';

/** An event of the journal with its publisher's count. */
export interface Copy {
  system: string;
  entry: Entry;
  count?: Count;
}

/** Stores events and draws from them what they close. Once it has resolved, the copies may leave the queue. */
export class Journal {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order in which they came. @returns how many events of each system are missing, as just noticed */
  store(copies: readonly Copy[]): Promise<{ missing: number; closed: number }> {
    return inTurn(this.dataSource, async (manager) => {
      const fresh = await insertEntries(
        manager,
        copies.map(({ entry }) => entry),
      );
      let [missing, closed] = [0, 0];
      for (const [system, ofSystem] of bySystem(copies)) {
        missing += await noteGaps(manager, system, ofSystem, fresh);
        closed += await drawConclusions(
          manager,
          system,
          ofSystem.map(({ entry }) => entry),
        );
      }
      return { missing, closed };
    });
  }
}

async function insertEntries(manager: EntityManager, entries: readonly Entry[]): Promise<Set<string>> {
  const rows = entries.map(({ eventId, type, system, subject, revision, source, at, traceId, data }) => ({
    ...{ eventId, type, system, subject, revision, source, traceId, data },
    at: new Date(at).toISOString(),
  }));
  const inserted = (await manager.query(
    `insert into console.journal (event_id, type, system, subject, revision, source, at, received, trace_id, data)
     select "eventId", type, system, subject, revision, source, at, now(), "traceId", data
     from jsonb_to_recordset($1::jsonb) as r ("eventId" text, type text, system text, subject text, revision bigint,
       source text, at timestamptz, "traceId" text, data jsonb)
     on conflict (event_id) do nothing returning event_id`,
    [JSON.stringify(rows)],
  )) as { event_id: string }[];
  return new Set(inserted.map((row) => row.event_id));
}

/** What became known of each student, and the failures that it closes. */
async function drawConclusions(manager: EntityManager, system: string, entries: readonly Entry[]): Promise<number> {
  const told = entries.filter(({ subject, revision }) => subject !== '' && revision !== undefined);
  const subjects = [...new Set(told.map(({ subject }) => subject))];
  const known = await evidenceOn(manager, system, subjects);
  for (const entry of told) known.set(entry.subject, join(known.get(entry.subject) ?? {}, evidenceOf(entry)));
  await saveEvidence(manager, system, known);

  const unsettled = await unsettledFailures(manager, system, subjects);
  const closed = unsettled.flatMap((failure) => {
    const by = closedBy(failure, known.get(failure.subject!) ?? {});
    return by === undefined ? [] : [{ ...failure, state: 'closed' as const, closedBy: by }];
  });
  await saveFailures(
    manager,
    closed.map((failure) => ({ failure })),
  );
  await endItemsOfClosed(manager, closed);
  await noteFailuresWithoutLetter(manager, told, known);
  return closed.length;
}

async function noteFailuresWithoutLetter(
  manager: EntityManager,
  entries: readonly Entry[],
  known: ReadonlyMap<string, Evidence>,
): Promise<void> {
  const failures = entries.flatMap(({ eventId: id, at, traceId, failure: data, subject }) =>
    data === undefined ? [] : [withoutLetter({ id, at, ...(traceId && { traceId }), data }, known.get(subject) ?? {})],
  );
  if (failures.length === 0) return;
  const before = await failuresById(
    manager,
    failures.map(({ id }) => id),
  );
  const fresh = new Map(failures.filter(({ id }) => !before.has(id)).map((failure) => [failure.id, failure]));
  await saveFailures(
    manager,
    [...fresh.values()].map((failure) => ({ failure })),
  );
}

async function noteGaps(
  manager: EntityManager,
  system: string,
  copies: readonly Copy[],
  fresh: ReadonlySet<string>,
): Promise<number> {
  const counts = copies.flatMap(({ count, entry }) => (count ? [{ ...count, eventId: entry.eventId }] : []));
  if (counts.length === 0) return 0;
  const rows = (await manager.query(
    `select publisher, n, extract(epoch from at) * 1000 as at from console.publishers
     where system = $1 and publisher = any($2)`,
    [system, [...new Set(counts.map(({ publisher }) => publisher))]],
  )) as { publisher: string; n: string; at: string }[];
  const before = new Map(rows.map((row): [string, Seen] => [row.publisher, { n: Number(row.n), at: Number(row.at) }]));
  const { gaps, seen, late } = gapsIn(before, counts);
  await manager.query(
    `insert into console.publishers (system, publisher, n, at)
     select $1, publisher, n, to_timestamp(at / 1000.0) from unnest($2::text[], $3::bigint[], $4::bigint[]) as s (publisher, n, at)
     on conflict (system, publisher) do update set n = excluded.n, at = excluded.at`,
    [
      system,
      [...seen.keys()],
      [...seen.values()].map(({ n }) => n),
      [...seen.values()].map(({ at }) => Math.round(at)),
    ],
  );
  await insertGaps(manager, system, gaps);
  // A number that was missing, and an event that is new: a piece of the gap is filled.
  for (const { publisher, n, eventId } of late as (Count & { eventId: string })[])
    if (fresh.has(eventId)) await fillGap(manager, system, publisher, n);
  return gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

const timeOf = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

async function insertGaps(manager: EntityManager, system: string, gaps: readonly Gap[]): Promise<void> {
  for (const { publisher, from, to, after, before } of gaps)
    await manager.query(
      `insert into console.gaps (system, publisher, first_missing, last_missing, missing, after, before)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [system, publisher, from, to, to - from + 1, timeOf(after), timeOf(before)],
    );
}

async function fillGap(manager: EntityManager, system: string, publisher: string, n: number): Promise<void> {
  await manager.query(
    `update console.gaps set missing = missing - 1
     where system = $1 and publisher = $2 and $3 between first_missing and last_missing`,
    [system, publisher, n],
  );
  await manager.query('delete from console.gaps where system = $1 and publisher = $2 and missing <= 0', [
    system,
    publisher,
  ]);
}
