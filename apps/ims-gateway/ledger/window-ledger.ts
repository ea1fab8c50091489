import type { DataSource } from 'typeorm';
import type { Bilingual } from '#contracts';
import type { Known, Place } from '#window';
import type { KnownPerson, Offer } from '../rules/content.js';
import type { StoredPublication } from './entities/students.js';
import { asHolder, type Tenure } from './tenure.js';

const table = 'ims_gateway.students';

/** Who is due, and what is known of them in the window. */
export interface Due {
  persons: KnownPerson[];
  known: Map<string, Known & { ended: 'done' | 'failed' | null }>;
  free: number;
}

export interface Reported {
  code: string;
  revision: number;
}

/** Why a change ended without being published. */
export interface Unpublished {
  code: string;
  state: 'done' | 'failed';
  cause?: string;
  reason?: Bilingual;
}

/** Content that changes under way is looked at no more often than for so many at a time. */
const renewedAtOnce = 200;

/** Places of one system's window, in schema `ims_gateway`. */
export class WindowLedger {
  constructor(private readonly dataSource: DataSource) {}

  /** What was written but not confirmed is due again: whether it went out nobody knows. */
  async recover(tenure: Tenure): Promise<number> {
    return asHolder(this.dataSource, tenure, async (manager) => {
      const [, number] = (await manager.query(
        `update ${table} set in_flight_since = null, due = coalesce(due, 0)
         where system = $1 and in_flight_since is not null and not marked`,
        [tenure.system],
      )) as [unknown, number];
      return number;
    });
  }

  /** As many as there are places, and those in flight whose content may be another by now. */
  async due(system: string, window: number, now: number): Promise<Due> {
    const [taken] = (await this.dataSource.query(
      `select count(*)::int as number from ${table} where system = $1 and in_flight_since is not null`,
      [system],
    )) as { number: number }[];
    const free = Math.max(0, window - taken!.number);
    const rows = (await this.dataSource.query(
      `(select code, revision, hash, false as "inFlight", recent, ended from ${table}
        where system = $1 and due is not null and in_flight_since is null and not_before <= $2
        order by due, code limit $3)
       union all
       (select code, revision, hash, true, recent, ended from ${table}
        where system = $1 and due is not null and in_flight_since is not null and not_before <= $2
        order by due, code limit ${renewedAtOnce})`,
      [system, now, free],
    )) as (Omit<Known, 'revision' | 'recent'> & {
      revision: string;
      recent: StoredPublication[];
      ended: 'done' | 'failed' | null;
    })[];
    const known: Due['known'] = new Map(
      rows.map((row) => [
        row.code,
        { ...row, revision: Number(row.revision), recent: row.recent.map(({ hash, at }) => ({ hash, time: at })) },
      ]),
    );
    return { persons: await this.persons(system, [...known.keys()]), known, free };
  }

  private async persons(system: string, codes: string[]): Promise<KnownPerson[]> {
    if (codes.length === 0) return [];
    return (await this.dataSource.query(
      `select p.id as code, p.data, p.gone,
         coalesce((select jsonb_agg(jsonb_build_object('course', m.course, 'role', m.role, 'data', m.data)
                   order by m.course, m.role)
           from ims_gateway.memberships m where m.system = $1 and m.person = p.id), '[]') as memberships,
         coalesce((select jsonb_object_agg(g.id, g.data)
           from ims_gateway.memberships m join ims_gateway.groups g on g.system = $1 and g.id = m.course
           where m.system = $1 and m.person = p.id), '{}') as groups
       from unnest($2::text[]) with ordinality as wanted (code, place)
         join ims_gateway.persons p on p.system = $1 and p.id = wanted.code
       order by wanted.place`,
      [system, codes],
    )) as KnownPerson[];
  }

  /** Writes places, not yet marked; their changes are under way. */
  async take(tenure: Tenure, places: readonly Place<Offer>[]): Promise<void> {
    if (places.length === 0) return;
    await asHolder(this.dataSource, tenure, async (manager, clock) => {
      await manager.query(
        `update ${table} s set hash = place.hash, revision = place.revision, in_flight_since = $2, marked = false,
           recent = place.recent, due = null, ended = null
         from unnest($3::text[], $4::text[], $5::bigint[], $6::jsonb[]) as place (code, hash, revision, recent)
         where s.system = $1 and s.code = place.code and s.revision < place.revision`,
        [
          tenure.system,
          clock,
          places.map(({ offer }) => offer.code),
          places.map(({ offer }) => offer.hash),
          places.map(({ revision }) => revision),
          places.map(({ recent }) => JSON.stringify(recent.map(({ hash, time }) => ({ hash, at: time })))),
        ],
      );
      await manager.query(
        `update ims_gateway.changes c set state = 'underWay', revision = place.revision
         from unnest($2::text[], $3::bigint[]) as place (code, revision)
         where c.system = $1 and c.code = place.code and c.state in ('waiting', 'underWay')`,
        [tenure.system, places.map(({ offer }) => offer.code), places.map(({ revision }) => revision)],
      );
    });
  }

  /** The broker has confirmed these. An outcome may have come first; then the place is free already. */
  async mark(tenure: Tenure, published: readonly Reported[]): Promise<void> {
    await this.dataSource.query(
      `update ${table} s set marked = true from unnest($2::text[], $3::bigint[]) as place (code, revision)
       where s.system = $1 and s.code = place.code and s.revision = place.revision`,
      [tenure.system, published.map(({ code }) => code), published.map(({ revision }) => revision)],
    );
  }

  /** These were not published after all, or nobody knows: they are due, and do not count as publications. */
  async withdraw(tenure: Tenure, places: readonly Reported[]): Promise<void> {
    await asHolder(this.dataSource, tenure, (manager) =>
      manager.query(
        `update ${table} s set recent = s.recent - (-1), in_flight_since = null, due = coalesce(s.due, 0)
         from unnest($2::text[], $3::bigint[]) as place (code, revision)
         where s.system = $1 and s.code = place.code and s.revision = place.revision
           and not s.marked and s.in_flight_since is not null`,
        [tenure.system, places.map(({ code }) => code), places.map(({ revision }) => revision)],
      ),
    );
  }

  /** The same content has gone out too often: not before `until`, milliseconds. */
  async holdOff(tenure: Tenure, codes: readonly string[], until: number): Promise<void> {
    if (codes.length === 0) return;
    await asHolder(this.dataSource, tenure, (manager) =>
      manager.query(`update ${table} set not_before = $3 where system = $1 and code = any($2)`, [
        ...[tenure.system, codes, until],
      ]),
    );
  }

  /** Nothing is to be published of these; who is under way with the same content stays so. */
  async settle(tenure: Tenure, settled: readonly Unpublished[], underWay: readonly string[]): Promise<void> {
    if (settled.length + underWay.length === 0) return;
    await asHolder(this.dataSource, tenure, async (manager) => {
      await manager.query(
        `with told as (
           select code, state, cause, reason from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[])
             as told (code, state, cause, reason)),
         freed as (
           update ${table} s set due = null, ended = told.state from told where s.system = $1 and s.code = told.code),
         ended as (
           update ims_gateway.changes c
           set state = told.state, cause = told.cause, reason = told.reason, finished_at = now()
           from told where c.system = $1 and c.code = told.code and c.state = 'waiting' returning c.file)
         update ims_gateway.files set report_due = true where id in (select file from ended)`,
        [
          tenure.system,
          settled.map(({ code }) => code),
          settled.map(({ state }) => state),
          settled.map(({ cause }) => cause ?? null),
          settled.map(({ reason }) => (reason ? JSON.stringify(reason) : null)),
        ],
      );
      await manager.query(
        `with same as (
           update ${table} set due = null where system = $1 and code = any($2) and in_flight_since is not null
           returning code, revision)
         update ims_gateway.changes c set state = 'underWay', revision = same.revision
         from same where c.system = $1 and c.code = same.code and c.state = 'waiting'`,
        [tenure.system, underWay],
      );
    });
  }

  /** Moves the running clock on; whose place is older than `lifetime` on it is due again. Milliseconds. */
  async tick(tenure: Tenure, elapsed: number, lifetime: number): Promise<string[]> {
    return asHolder(this.dataSource, tenure, async (manager, before) => {
      const clock = before + Math.round(elapsed);
      await manager.query('update ims_gateway.systems set clock = $2 where system = $1', [tenure.system, clock]);
      const [rows] = (await manager.query(
        `update ${table} set in_flight_since = null, due = coalesce(due, 0)
         where system = $1 and in_flight_since <= $2 returning code`,
        [tenure.system, clock - lifetime],
      )) as [{ code: string }[], number];
      return rows.map(({ code }) => code);
    });
  }
}
