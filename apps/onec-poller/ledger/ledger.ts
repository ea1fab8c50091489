import type { DataSource, EntityManager } from 'typeorm';
import type { Known } from '#window';
import type { Offer } from '../window/offer.js';
import type { Place } from '../window/places.js';
import {
  offerOf,
  publicationOf,
  toStoredOffer,
  toStoredPublication,
  type StoredOffer,
  type StoredPublication,
} from './stored.js';
import {
  lostFor,
  TenureLostError,
  type AnswerNoted,
  type Begun,
  type PagesLost,
  type Reported,
  type Tenure,
  type WindowLedger,
  type WindowState,
  type Withdrawn,
} from './window-ledger.js';

const table = 'onec_poller.students';

interface LostRow {
  pages_lost: number;
  lost_since: string | null;
}
const lostOf = ({ pages_lost: number, lost_since: since }: LostRow): { pagesLost?: PagesLost } =>
  number === 0 ? {} : { pagesLost: { number, since: Number(since) } };

/** The ledger in schema `onec_poller`: one statement for a batch. */
export class PostgresWindowLedger implements WindowLedger {
  constructor(private readonly dataSource: DataSource) {}

  begin(system: string): Promise<Begun> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = (await manager.query(
        `insert into onec_poller.systems as s (system, tenure, clock, binding_sequence, error_sequence)
         values ($1, 1, 0, 0, 0)
         on conflict (system) do update set tenure = s.tenure + 1,
             pages_lost = s.pages_lost + (s.asked_at is not null)::int, lost_at = coalesce(s.asked_at, s.lost_at),
             lost_since = case when s.pages_lost = 0 then s.asked_at else s.lost_since end, asked_at = null
         returning tenure, binding_sequence, error_sequence, pages_lost, lost_since`,
        [system],
      )) as ({ tenure: string; binding_sequence: string; error_sequence: string } & LostRow)[];
      const [unmarked] = (await manager.query(
        `update ${table} set in_flight_since = null
         where system = $1 and in_flight_since is not null and not marked returning code`,
        [system],
      )) as [{ code: string }[], number];
      return {
        tenure: { system, number: Number(row!.tenure) },
        bindingSequence: Number(row!.binding_sequence),
        errorSequence: Number(row!.error_sequence),
        ...lostOf(row!),
        givenUp: unmarked.map(({ code }) => code),
      };
    });
  }

  async state(system: string): Promise<WindowState> {
    const rows = (await this.dataSource.query(
      `select code, null as owed from ${table} where system = $1 and in_flight_since is not null
       union all
       (select code, owed from ${table} where system = $1 and owed is not null and in_flight_since is null
        order by revision, code)`,
      [system],
    )) as { code: string; owed: StoredOffer | null }[];
    return {
      inFlight: new Set(rows.filter(({ owed }) => owed === null).map(({ code }) => code)),
      owed: rows.flatMap(({ owed }) => (owed === null ? [] : [offerOf(owed)])),
    };
  }

  async known(system: string, codes: string[]): Promise<Map<string, Known>> {
    if (codes.length === 0) return new Map();
    const rows = (await this.dataSource.query(
      `select code, revision, hash, in_flight_since is not null as "inFlight", recent
       from ${table} where system = $1 and code = any($2)`,
      [system, codes],
    )) as (Omit<Known, 'revision' | 'recent'> & { revision: string; recent: StoredPublication[] })[];
    return new Map(
      rows.map((row) => [row.code, { ...row, revision: Number(row.revision), recent: row.recent.map(publicationOf) }]),
    );
  }

  take(tenure: Tenure, places: Place[], owed: Offer[], noted: AnswerNoted = {}): Promise<void> {
    const { errorSequence, page } = noted;
    if (places.length + owed.length === 0 && errorSequence === undefined && !page) return Promise.resolve();
    return this.asHolder(tenure, async (manager, clock) => {
      if (errorSequence !== undefined || page)
        await manager.query(
          `update onec_poller.systems set error_sequence = greatest(error_sequence, $2),
             asked_at = case when $3 then null else asked_at end where system = $1`,
          [tenure.system, errorSequence ?? 0, page ?? false],
        );
      if (places.length + owed.length === 0) return;
      await manager.query(
        `insert into ${table} as s (system, code, hash, revision, in_flight_since, marked, recent, owed)
         select $1, code, hash, revision, $2, false, recent, owed
         from unnest($3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::jsonb[])
           as place (code, hash, revision, recent, owed)
         on conflict (system, code) do update
           set hash = excluded.hash, revision = excluded.revision, in_flight_since = excluded.in_flight_since,
               marked = false, recent = excluded.recent, owed = excluded.owed
           where s.revision < excluded.revision`,
        [
          tenure.system,
          clock,
          places.map(({ offer }) => offer.code),
          places.map(({ offer }) => offer.hash),
          places.map(({ revision }) => revision),
          places.map(({ recent }) => JSON.stringify(recent.map(toStoredPublication))),
          // Owed until the broker has it: 1C will not say it again.
          places.map(({ offer }) => (offer.kind === 'error' ? JSON.stringify(toStoredOffer(offer)) : null)),
        ],
      );
      await manager.query(
        `insert into ${table} as s (system, code, hash, revision, in_flight_since, marked, recent, owed)
         select $1, code, '', -1, null, false, '[]', owed from unnest($2::text[], $3::jsonb[]) as error (code, owed)
         on conflict (system, code) do update set owed = excluded.owed`,
        [tenure.system, owed.map(({ code }) => code), owed.map((offer) => JSON.stringify(toStoredOffer(offer)))],
      );
    });
  }

  asks(tenure: Tenure, time: number): Promise<PagesLost | undefined> {
    return this.asHolder(tenure, async (manager) => {
      const [[row]] = (await manager.query(
        `update onec_poller.systems
         set asked_at = $2, pages_lost = case when lost_at < $3 then 0 else pages_lost end
         where system = $1 returning pages_lost, lost_since`,
        [tenure.system, time, time - lostFor],
      )) as [LostRow[], number];
      return lostOf(row!).pagesLost;
    });
  }

  async lookedAfter(system: string): Promise<void> {
    await this.dataSource.query('update onec_poller.systems set pages_lost = 0 where system = $1', [system]);
  }

  async mark(tenure: Tenure, published: Reported[]): Promise<void> {
    // A report may have come first; then the place is free already, and what was owed is journaled all the same.
    await this.dataSource.query(
      `update ${table} s set marked = true, owed = null
       from unnest($2::text[], $3::bigint[]) as place (code, revision)
       where s.system = $1 and s.code = place.code and s.revision = place.revision`,
      [tenure.system, published.map(({ code }) => code), published.map(({ revision }) => revision)],
    );
  }

  async withdraw(tenure: Tenure, places: Withdrawn[]): Promise<void> {
    await this.asHolder(tenure, async (manager) => {
      await manager.query(
        `update ${table} s set recent = s.recent - (-1), marked = place.before is not null,
           in_flight_since = case when place.before is not null then s.in_flight_since end,
           revision = coalesce(place.before, s.revision), hash = coalesce(place.hash, s.hash)
         from unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[]) as place (code, revision, before, hash)
         where s.system = $1 and s.code = place.code and s.revision = place.revision
           and not s.marked and s.in_flight_since is not null`,
        [
          tenure.system,
          places.map(({ code }) => code),
          places.map(({ revision }) => revision),
          places.map(({ before }) => before?.revision ?? null),
          places.map(({ before }) => before?.hash ?? null),
        ],
      );
    });
  }

  tick(tenure: Tenure, elapsed: number, lifetime: number): Promise<string[]> {
    return this.asHolder(tenure, async (manager, before) => {
      const clock = before + Math.round(elapsed);
      await manager.query('update onec_poller.systems set clock = $2 where system = $1', [tenure.system, clock]);
      const [rows] = (await manager.query(
        `update ${table} set in_flight_since = null where system = $1 and in_flight_since <= $2 returning code`,
        [tenure.system, clock - lifetime],
      )) as [{ code: string }[], number];
      return rows.map(({ code }) => code);
    });
  }

  bindingsPublished(tenure: Tenure, sequence: number): Promise<void> {
    return this.asHolder(tenure, async (manager) => {
      await manager.query(
        'update onec_poller.systems set binding_sequence = greatest(binding_sequence, $2) where system = $1',
        [tenure.system, sequence],
      );
    });
  }

  async reported(system: string, reports: Reported[]): Promise<number> {
    const [, freed] = (await this.dataSource.query(
      `update ${table} s set in_flight_since = null
       from (select code, max(revision) as revision from unnest($2::text[], $3::bigint[]) as r (code, revision)
             group by code) as report
       where s.system = $1 and s.code = report.code and s.revision <= report.revision
         and s.in_flight_since is not null`,
      [system, reports.map(({ code }) => code), reports.map(({ revision }) => revision)],
    )) as [unknown, number];
    return freed;
  }

  /** In one transaction with the proof that no other poller has begun since; it may not begin before this one ends. */
  private asHolder<T>(tenure: Tenure, work: (manager: EntityManager, clock: number) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = (await manager.query('select tenure, clock from onec_poller.systems where system = $1 for update', [
        tenure.system,
      ])) as { tenure: string; clock: string }[];
      if (Number(row?.tenure) !== tenure.number) {
        throw new TenureLostError(`another poller has taken over system ${tenure.system}`);
      }
      return work(manager, Number(row!.clock));
    });
  }
}
