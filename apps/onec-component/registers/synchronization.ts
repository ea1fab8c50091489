import type { EntityManager } from 'typeorm';
import { addMonth, type NaiveDate } from '#synchronizer';
import { studentFacts } from './facts.js';
import { forgetFaults } from './faults.js';
import { contentOf, fingerprintOf } from './student-element.js';

/**
 * Ends the students' rows that hide them from this system, and gives how many rows that were. Whoever is offered again
 * by that has no found fault any more.
 */
export async function endLiveRows(
  db: EntityManager,
  system: string,
  codes: readonly string[],
  now: NaiveDate,
  which: 'all' | 'errors' = 'all',
): Promise<number> {
  const [, count] = (await db.query(
    `delete from onec_component.synchronization
      where system = $1 and student = any($2::text[]) and period >= $3::timestamp and (error or $4)`,
    [system, codes, now, which === 'all'],
  )) as [unknown[], number];
  if (which === 'all') await forgetFaults(db, system, codes);
  return count;
}

/** Error rows one month ahead, for those who have no live Error row yet. */
export async function setErrorRows(
  db: EntityManager,
  system: string,
  codes: readonly string[],
  now: NaiveDate,
): Promise<void> {
  await db.query(
    `insert into onec_component.synchronization (system, student, period, error)
     select $1, wanted.code, $4::timestamp, true from unnest($2::text[]) as wanted (code)
      where not exists (select from onec_component.synchronization f
                         where f.system = $1 and f.student = wanted.code and f.period >= $3::timestamp and f.error)
     on conflict (system, student, period) do update set error = true`,
    [system, [...new Set(codes)], now, addMonth(now, 1)],
  );
}

/** Success rows; a row of the same key is replaced. The last of two periods for one key wins. */
export async function setSuccessRows(
  db: EntityManager,
  system: string,
  rows: readonly { code: string; period: NaiveDate }[],
): Promise<void> {
  await db.query(
    `insert into onec_component.synchronization (system, student, period, error)
     select distinct $1, wanted.code, wanted.period, false
       from unnest($2::text[], $3::timestamp[]) as wanted (code, period)
     on conflict (system, student, period) do update set error = false`,
    [system, rows.map((row) => row.code), rows.map((row) => row.period)],
  );
}

/** Lets no refresh of the mirror come between the rest of this transaction and what the mirror then compares. */
export const holdMirror = (db: EntityManager): Promise<unknown> =>
  db.query(`select pg_advisory_xact_lock_shared(hashtext('onec_component mirror'))`);

/**
 * Notes what GetStudents has just returned. Of whoever is not hidden at once a flag is awaited; the answer may be lost,
 * so with two different contents before the flag nobody can tell which of them it speaks of.
 */
export async function noteOffered(
  db: EntityManager,
  system: string,
  offered: readonly { code: string; fingerprint: string; hidden: boolean }[],
): Promise<void> {
  await db.query(
    `insert into onec_component.offered as o (system, student, fingerprint, awaited)
     select $1, wanted.* from unnest($2::text[], $3::text[], $4::boolean[]) as wanted (code, fingerprint, awaited)
     on conflict (system, student) do update
       set fingerprint = excluded.fingerprint, awaited = excluded.awaited,
           doubtful = o.doubtful or (o.awaited and o.fingerprint <> excluded.fingerprint)
      where (o.fingerprint, o.awaited) <> (excluded.fingerprint, excluded.awaited)`,
    [system, offered.map((one) => one.code), offered.map((one) => one.fingerprint), offered.map((one) => !one.hidden)],
  );
}

/** Their flags have come. @returns those of whom the flag may speak of an older content than 1C last returned */
export async function takeAwaited(db: EntityManager, system: string, codes: readonly string[]): Promise<Set<string>> {
  const [rows] = (await db.query(
    `update onec_component.offered o set awaited = false, doubtful = false
       from onec_component.offered before
      where o.system = $1 and o.student = any($2::text[]) and (o.awaited or o.doubtful)
        and before.system = o.system and before.student = o.student
      returning o.student, before.doubtful`,
    [system, codes],
  )) as [{ student: string; doubtful: boolean }[], number];
  return new Set(rows.filter((row) => row.doubtful).map((row) => row.student));
}

/**
 * Of these students the ones of whom GetStudents would now return something else than it last did, courses apart. Of
 * whoever does not continue it would return nothing: there is nothing to offer.
 */
export async function changedSinceOffered(
  db: EntityManager,
  system: string,
  codes: readonly string[],
  now: NaiveDate,
): Promise<Set<string>> {
  const offered: { student: string; fingerprint: string }[] = await db.query(
    'select student, fingerprint from onec_component.offered where system = $1 and student = any($2::text[])',
    [system, codes],
  );
  const last = new Map(offered.map((row) => [row.student, row.fingerprint]));
  const facts = await studentFacts(
    db,
    codes.filter((code) => last.has(code)),
    now,
  );
  const changed = facts.filter((one) => one.continues && fingerprintOf(contentOf(one)) !== last.get(one.code));
  return new Set(changed.map((one) => one.code));
}

export async function knownStudents(db: EntityManager, codes: readonly string[]): Promise<Set<string>> {
  const rows: { code: string }[] = await db.query(
    'select code from onec_component.students where code = any($1::text[])',
    [codes],
  );
  return new Set(rows.map((row) => row.code));
}
