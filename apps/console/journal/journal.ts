import type { DataSource, EntityManager } from 'typeorm';
import { storeByHalves } from '#persistence';
import { bySystem } from '../failures/by-system.js';
import { closedBy, evidenceOf, join, nothingNew, type Evidence } from '../failures/evidence.js';
import { evidenceOn, linesOf, saveEvidence } from '../failures/store/evidence.js';
import { endItemsOfClosed, failuresById, saveFailures, unsettledFailures } from '../failures/store/failures.js';
import { inTurn } from '../failures/store/in-turn.js';
import { withoutLetter } from '../failures/without-letter/without-letter.js';
import type { Copy } from './copies.js';
import type { Entry } from './entry.js';
import { gapsIn, type Gap, type Seen } from './gaps.js';

/** What became of copies that were stored. */
export interface Stored {
  /** Events that did not come, as just noticed. */
  missing: number;
  /** Events that PostgreSQL would not take, whatever was tried; their numbers stay missing. */
  refused: { eventId: string; error: unknown }[];
}

/** Stores events and draws from them what they close. Once it has resolved, the copies may leave the queue. */
export class Journal {
  constructor(private readonly dataSource: DataSource) {}

  /** In the order in which they came. */
  async store(copies: readonly Copy[]): Promise<Stored> {
    let missing = 0;
    const unstored = await storeByHalves(copies, async (some) => (missing += await this.storeAll(some)));
    return { missing, refused: unstored.map(({ record, error }) => ({ eventId: record.entry.eventId, error })) };
  }

  private storeAll(copies: readonly Copy[]): Promise<number> {
    return inTurn(this.dataSource, async (manager) => {
      let missing = 0;
      for (const [system, ofSystem] of bySystem(copies)) {
        const entries = ofSystem.map(({ entry }) => entry);
        // Before the entries are in: only then can be told which of them are new.
        missing += await noteGaps(manager, system, ofSystem);
        await insertEntries(manager, system, entries);
        await drawConclusions(manager, system, entries);
      }
      return missing;
    });
  }
}

async function insertEntries(manager: EntityManager, system: string, entries: readonly Entry[]): Promise<void> {
  await manager.query(
    `insert into console.journal (event_id, type, system, subject, revision, source, at, received, trace_id, data)
     select event_id, type, $1, subject, revision, source, to_timestamp(at / 1000), now(), trace_id, line::jsonb
     from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::double precision[], $8::text[],
       string_to_array($9, E'\\n')) as r (event_id, type, subject, revision, source, at, trace_id, line)
     on conflict (event_id) do nothing`,
    [
      system,
      entries.map(({ eventId }) => eventId),
      entries.map(({ type }) => type),
      entries.map(({ subject }) => subject),
      entries.map(({ revision }) => revision),
      entries.map(({ source }) => source),
      entries.map(({ time }) => time),
      entries.map(({ traceId }) => traceId),
      linesOf(entries.map(({ data }) => data)),
    ],
  );
}

/** What became known of each student, and the failures that it closes. */
async function drawConclusions(manager: EntityManager, system: string, entries: readonly Entry[]): Promise<void> {
  const told = entries.filter(({ subject, revision }) => subject !== '' && revision !== undefined);
  const subjects = [...new Set(told.map(({ subject }) => subject))];
  const before = await evidenceOn(manager, system, subjects);
  const known = new Map(before);
  for (const entry of told) known.set(entry.subject, join(known.get(entry.subject) ?? {}, evidenceOf(entry)));
  const news = [...known].filter(([subject, evidence]) => !nothingNew(before.get(subject) ?? {}, evidence));
  await saveEvidence(manager, system, new Map(news));

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
}

async function noteFailuresWithoutLetter(
  manager: EntityManager,
  entries: readonly Entry[],
  known: ReadonlyMap<string, Evidence>,
): Promise<void> {
  const failures = entries.flatMap(({ eventId: id, time, traceId, failure: data, subject }) =>
    data === undefined
      ? []
      : [withoutLetter({ id, time, ...(traceId && { traceId }), data }, known.get(subject) ?? {})],
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

async function noteGaps(manager: EntityManager, system: string, copies: readonly Copy[]): Promise<number> {
  const counts = copies.flatMap(({ count, entry }) => (count ? [{ ...count, eventId: entry.eventId }] : []));
  if (counts.length === 0) return 0;
  const rows = (await manager.query(
    `select publisher, n, extract(epoch from at) * 1000 as at from console.publishers
     where system = $1 and publisher = any($2)`,
    [system, [...new Set(counts.map(({ publisher }) => publisher))]],
  )) as { publisher: string; n: string; at: string }[];
  const before = new Map(
    rows.map((row): [string, Seen] => [row.publisher, { n: Number(row.n), time: Number(row.at) }]),
  );
  const { gaps, seen, late } = gapsIn(before, counts);
  if (seen.size > 0) await savePublishers(manager, system, seen);
  await insertGaps(manager, system, gaps);
  // A number that was missing, and an event that is new: a piece of the gap is filled.
  for (const { publisher, n } of await newOf(manager, late)) await fillGap(manager, system, publisher, n);
  return gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

async function savePublishers(manager: EntityManager, system: string, seen: ReadonlyMap<string, Seen>): Promise<void> {
  const last = [...seen.values()];
  await manager.query(
    `insert into console.publishers (system, publisher, n, at)
     select $1, publisher, n, to_timestamp(at / 1000)
     from unnest($2::text[], $3::bigint[], $4::double precision[]) as s (publisher, n, at)
     on conflict (system, publisher) do update set n = excluded.n, at = excluded.at`,
    [system, [...seen.keys()], last.map(({ n }) => n), last.map(({ time }) => time)],
  );
}

/** Each event once, and none that the journal has. */
async function newOf<C extends { eventId: string }>(manager: EntityManager, late: readonly C[]): Promise<C[]> {
  if (late.length === 0) return [];
  const byId = new Map(late.map((count) => [count.eventId, count]));
  const known = (await manager.query('select event_id from console.journal where event_id = any($1)', [
    [...byId.keys()],
  ])) as { event_id: string }[];
  for (const { event_id } of known) byId.delete(event_id);
  return [...byId.values()];
}

const dateOf = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

async function insertGaps(manager: EntityManager, system: string, gaps: readonly Gap[]): Promise<void> {
  for (const { publisher, from, to, after, before } of gaps)
    await manager.query(
      `insert into console.gaps (system, publisher, first_missing, last_missing, missing, after, before)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [system, publisher, from, to, to - from + 1, dateOf(after), dateOf(before)],
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
