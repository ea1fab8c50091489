import type { EntityManager } from 'typeorm';
import type { Failure } from '../failure.js';
import { fingerprint } from './fingerprint.js';
import type { Letter } from '../letter/letter.js';

const columns = `id, queue, system, service, kind, cause, about, reason, cure, causes, event_type as "eventType", subject, code,
  revision, origin, trace_id as "traceId", attempts, deaths, extract(epoch from first_seen) * 1000 as "firstSeen",
  extract(epoch from last_seen) * 1000 as "lastSeen", state, closed_by as "closedBy", replay, told_on as "toldOn"`;

function failureOf(row: Record<string, unknown>): Failure {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return {
    ...(Object.fromEntries(known) as unknown as Failure),
    ...(row.revision !== null && { revision: Number(row.revision) }),
    firstSeen: Math.round(Number(row.firstSeen)),
    lastSeen: Math.round(Number(row.lastSeen)),
  };
}

/** For whoever is about to change them: the rows stay locked until the transaction ends. */
export async function failuresById(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Failure>> {
  const rows = (await manager.query(
    `select ${columns} from console.failures where id = any($1) order by id for update`,
    [ids],
  )) as Record<string, unknown>[];
  return new Map(rows.map((row) => [row.id as string, failureOf(row)]));
}

export async function unsettledFailures(
  manager: EntityManager,
  system: string,
  subjects: readonly string[],
): Promise<Failure[]> {
  const rows = (await manager.query(
    `select ${columns} from console.failures
     where system = $1 and subject = any($2) and state in ('open', 'replaying') order by id for update`,
    [system, subjects],
  )) as Record<string, unknown>[];
  return rows.map(failureOf);
}

/** Failures as they are now, with the letters that brought them; without one the message stays as it was. */
export async function saveFailures(
  manager: EntityManager,
  all: readonly { failure: Failure; letter?: Letter }[],
): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map(({ failure, letter }) => ({
    ...failure,
    firstSeen: new Date(failure.firstSeen).toISOString(),
    lastSeen: new Date(failure.lastSeen).toISOString(),
    fingerprint: fingerprint(failure),
    causes: (failure.causes ?? []).map((one) => ({ ...one, group: fingerprint({ ...failure, ...one }) })),
    ...(letter && { body: letter.body.toString('base64'), headers: letter.headers, message: letter.message }),
  }));
  await manager.query(
    `insert into console.failures as f (id, system, service, queue, message, body, headers, event_type, subject, code,
       revision, origin, trace_id, kind, cause, about, reason, cure, causes, fingerprint, attempts, deaths, first_seen,
       last_seen, state, closed_by, closed_at, replay, told_on)
     select id, system, service, queue, coalesce(message, '{}'), decode(body, 'base64'), coalesce(headers, '{}'),
       "eventType", subject, code, revision, origin, "traceId", kind, cause, about, reason, cure, causes, fingerprint,
       attempts, deaths, "firstSeen", "lastSeen", state, "closedBy",
       case when state in ('open', 'replaying') then null else now() end, replay, "toldOn"
     from jsonb_to_recordset($1::jsonb) as r (id text, system text, service text, queue text, message jsonb, body text,
       headers jsonb, "eventType" text, subject text, code text, revision bigint, origin text, "traceId" text, kind text,
       cause text, about text, reason jsonb, cure jsonb, causes jsonb, fingerprint text, attempts jsonb, deaths jsonb,
       "firstSeen" timestamptz, "lastSeen" timestamptz, state text, "closedBy" text, replay uuid, "toldOn" text)
     order by id
     on conflict (id) do update set
       message = case when excluded.body is null then f.message else excluded.message end,
       headers = case when excluded.body is null then f.headers else excluded.headers end,
       body = coalesce(excluded.body, f.body), event_type = excluded.event_type, subject = excluded.subject,
       code = excluded.code, revision = excluded.revision, origin = excluded.origin, trace_id = excluded.trace_id,
       kind = excluded.kind, cause = excluded.cause, about = excluded.about, reason = excluded.reason,
       cure = excluded.cure, causes = excluded.causes, fingerprint = excluded.fingerprint, attempts = excluded.attempts,
       deaths = excluded.deaths, first_seen = excluded.first_seen, last_seen = excluded.last_seen,
       state = excluded.state, closed_by = excluded.closed_by, told_on = excluded.told_on,
       closed_at = case when excluded.closed_at is null then null else coalesce(f.closed_at, excluded.closed_at) end`,
    [JSON.stringify(rows)],
  );
}

/** Words of {@link closedBy} by which what a person edited is through. */
const successes = ['synchronized', 'provisioned', 'reported'];

/** Outcomes of replayed messages whose failures are closed now; what was not put back yet need not be. */
export async function endItemsOfClosed(manager: EntityManager, failures: readonly Failure[]): Promise<void> {
  const closed = failures.filter(({ state, replay }) => state === 'closed' && replay !== undefined);
  if (closed.length === 0) return;
  await manager.query(
    `update console.replay_items i
     set state = case
         when i.state = 'waiting' then 'superseded'
         when c.edit is null then 'succeeded'
         when split_part(c.by, ' ', 2)::bigint > c.edit then 'superseded'
         when split_part(c.by, ' ', 1) = any($3) then 'succeeded'
         else 'failed' end,
       said = c.by, ended_at = now()
     from (select failure, by, (select e.revision from console.edits e join console.failures f on f.id = e.failure
             where e.failure = u.failure and e.replay = f.replay) as edit
           from unnest($1::text[], $2::text[]) as u (failure, by)) as c
     where i.failure = c.failure and i.state in ('waiting', 'sending', 'sent')`,
    [closed.map(({ id }) => id), closed.map(({ closedBy }) => closedBy ?? null), successes],
  );
}
