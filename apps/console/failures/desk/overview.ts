import type { DataSource } from 'typeorm';
import type { Bilingual, FailureKind } from '#contracts';
import { shortBilingual } from '../../http/cut.js';
import { FailureRow } from '../../ledger/entities/failures.js';
import type { State } from '../failure.js';
import { conditionOf, conditionOnCause, eachCause, ofCause, type Selection } from './selection.js';

/** A failure in a list. */
export interface Listed {
  id: string;
  system: string;
  service: string;
  kind: FailureKind;
  cause: string;
  about: string;
  code: string | null;
  revision: number | null;
  state: State;
  attempts: number;
  firstSeen: Date;
  lastSeen: Date;
  askedAt: Date | null;
  reason: Bilingual;
  group: string;
  /** There is a message that can be put back. */
  replayable: boolean;
}

/** Failures of one cause: one missing course and its 300 students are one of these. */
export interface Group {
  group: string;
  system: string;
  service: string;
  kind: FailureKind;
  cause: string;
  about: string;
  failures: number;
  students: number;
  /** Of the failures, those that stand in another group, too. */
  shared: number;
  /** Of the failures, those on their way again. */
  replaying: number;
  firstSeen: Date;
  lastSeen: Date;
  /** Of the newest failure. */
  reason: Bilingual;
  cure: Bilingual | null;
  example: string;
}

/** Columns of {@link Listed}, from `console.failures f`. */
export const listed = `f.id, f.system, f.service, f.kind, f.cause, f.about, f.code, f.revision, f.state,
  jsonb_array_length(f.attempts) as attempts, f.first_seen as "firstSeen", f.last_seen as "lastSeen",
  f.asked_at as "askedAt", ${shortBilingual('f.reason')} as reason, f.fingerprint as "group", f.body is not null as replayable`;

/** Newest first. */
export async function listFailures(dataSource: DataSource, selection: Selection, limit: number): Promise<Listed[]> {
  const parameters: unknown[] = [];
  const condition = conditionOf(selection, parameters);
  const rows = (await dataSource.query(
    `select ${listed} from console.failures f where ${condition} order by f.last_seen desc, f.id limit ${Math.max(1, Math.floor(limit))}`,
    parameters,
  )) as (Omit<Listed, 'revision'> & { revision: string | null })[];
  return rows.map((row) => ({ ...row, revision: row.revision === null ? null : Number(row.revision) }));
}

export async function countFailures(dataSource: DataSource, selection: Selection): Promise<number> {
  const parameters: unknown[] = [];
  const [row] = (await dataSource.query(
    `select count(*)::int as number from console.failures f where ${conditionOf(selection, parameters)}`,
    parameters,
  )) as { number: number }[];
  return row!.number;
}

/** What an action upon the selection would touch. */
export interface Counted {
  /** Open, and with a message. */
  failures: number;
  students: number;
  withoutMessage: number;
  replaying: number;
  archived: number;
  /** Of those that would be replayed, the ones that stand in several groups. */
  shared: number;
}

export async function countByState(dataSource: DataSource, selection: Selection): Promise<Counted> {
  const parameters: unknown[] = [];
  const [row] = (await dataSource.query(
    `select count(*) filter (where f.state = 'open' and f.body is not null)::int as failures,
       count(distinct f.subject) filter (where f.state = 'open')::int as students,
       count(*) filter (where f.state = 'open' and f.body is null)::int as "withoutMessage",
       count(*) filter (where f.state = 'replaying')::int as replaying,
       count(*) filter (where f.state = 'archived')::int as archived,
       count(*) filter (where f.state = 'open' and f.body is not null and f.causes <> '[]')::int as shared
     from console.failures f where ${conditionOf(selection, parameters)}`,
    parameters,
  )) as Counted[];
  return row!;
}

/** The largest first. A failure of several causes stands in the group of each, and so is counted in each. */
export async function groupFailures(dataSource: DataSource, selection: Selection): Promise<Group[]> {
  const parameters: unknown[] = [];
  const condition = conditionOf({ states: ['open', 'replaying'], ...selection }, parameters);
  const onCause = conditionOnCause(selection, parameters);
  return (await dataSource.query(
    `with of_cause as (
       select ${ofCause.group} as "group", count(*)::int as failures, count(distinct f.subject)::int as students,
         count(*) filter (where f.causes <> '[]')::int as shared,
         count(*) filter (where f.state = 'replaying')::int as replaying, min(f.first_seen) as first_seen,
         max(f.last_seen) as last_seen, (array_agg(f.id order by f.last_seen desc, f.id))[1] as example
       from console.failures f ${eachCause} where ${condition} and ${onCause} group by 1
     )
     select g."group", f.system, f.service, ${ofCause.kind} as kind, ${ofCause.cause} as cause,
       ${ofCause.about} as about, g.failures, g.students, g.shared, g.replaying,
       g.first_seen as "firstSeen", g.last_seen as "lastSeen",
       ${shortBilingual(ofCause.reason)} as reason, ${shortBilingual(`(${ofCause.cure})`)} as cure, g.example
     from of_cause g join console.failures f on f.id = g.example
       ${eachCause}
     where ${ofCause.group} = g."group"
     order by g.failures desc, g.last_seen desc`,
    parameters,
  )) as Group[];
}

/** Everything about one failure, the message's bytes included. By its id, or the beginning of it where only one fits. */
export async function findFailures(dataSource: DataSource, id: string): Promise<FailureRow[]> {
  const rows = dataSource.getRepository(FailureRow);
  const exact = await rows.findOneBy({ id });
  if (exact) return [exact];
  return rows.createQueryBuilder('f').where('starts_with(f.id, :id)', { id }).orderBy('f.id').limit(20).getMany();
}
