import type { DataSource, EntityManager } from 'typeorm';
import type { Bilingual } from '#contracts';
import type { Failure } from '../failure.js';
import { failuresById, saveFailures } from '../store/failures.js';
import { inTurn } from '../store/in-turn.js';

/** The check of onec-component under which records of 1C stand that the mirror cannot read. */
const check = 'mirror-record';
const service = 'onec-component';

interface Standing {
  system: string;
  code: string;
  what: Bilingual;
  mend: Bilingual;
  since: Date;
}

/**
 * A record of 1C that the mirror cannot read is a failure of its student, though no message died of it: open as long as
 * the trouble stands, closed when the mirror can read it again. What a person put aside stays there.
 */
export function foldStanding(dataSource: DataSource, systems: readonly string[]): Promise<void> {
  return inTurn(dataSource, async (manager) => {
    const standing = (await standingOf(manager, systems)).map(failureOf);
    const before = await failuresById(
      manager,
      standing.map(({ id }) => id),
    );
    const news = standing.filter(({ id }) => !['open', 'archived'].includes(before.get(id)?.state ?? 'none'));
    await saveFailures(
      manager,
      news.map((failure) => ({ failure })),
    );
    await manager.query(
      `update console.failures set state = 'closed', closed_by = $3, closed_at = now()
        where service = $1 and queue is null and state = 'open' and id <> all($2::text[])`,
      [service, standing.map(({ id }) => id), `${service}: the record can be read`],
    );
  });
}

/** By student and system: where 1C was told of the student, or everywhere as long as it was told nothing. */
const standingOf = (manager: EntityManager, systems: readonly string[]): Promise<Standing[]> =>
  manager.query(
    `select system.id as system, t.about as code, t.what, t.mend, t.since
       from operations.trouble t cross join unnest($3::text[]) as system (id)
      where t.service = $1 and t."check" = $2 and t.about !~ '\\[\\d+\\]$' and t.about !~ '^[a-z][A-Za-z]* ' and t.about <> '…'
        and (exists (select from operations.told o where o.system = system.id and o.code = t.about)
          or not exists (select from operations.told o where o.system = any($3) and o.code = t.about))
      order by 1, 2`,
    [service, check, systems],
  );

function failureOf({ system, code, what, mend, since }: Standing): Failure {
  const cause = { system, service, kind: 'contract' as const, cause: 'record-unreadable', about: '' };
  const date = new Date(since).toISOString();
  return {
    id: `${service}/${check}/${code}/${system}`,
    ...cause,
    ...{ code, subject: code, origin: 'onec' as const, reason: what, cure: mend },
    attempts: [{ at: date, kind: cause.kind, cause: cause.cause, about: '', ...what }],
    deaths: [date],
    firstSeen: Date.parse(date),
    lastSeen: Date.parse(date),
    state: 'open',
    toldOn: 'no',
  };
}
