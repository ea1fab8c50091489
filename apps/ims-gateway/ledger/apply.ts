import type { EntityManager } from 'typeorm';
import { both } from '#contracts';
import { isTooMuch } from '../rules/held.js';
import type { FileCounts } from './entities/files.js';
import { mergeGroups, mergeMemberships, mergePersons, removeMissing } from './merge.js';
import { problemsKept, type StagedSize } from './stage-ledger.js';

/** What was staged is not there whole: PostgreSQL has been restarted in between. The file is to be read again. */
export class StageLostError extends Error {
  override name = 'StageLostError';
}

/** The snapshot would remove more than a person has allowed it to. */
export class TooMuchRemovedError extends Error {
  override name = 'TooMuchRemovedError';
  constructor(readonly counts: FileCounts) {
    super('the snapshot would remove too many');
  }
}

export interface Applying {
  system: string;
  file: number;
  content: 'snapshot' | 'delta';
  staged: StagedSize;
  /** Percent of what is known that a snapshot may remove; undefined: a person has allowed it. */
  share: number | undefined;
}

/**
 * Merges what is staged into what is known, and notes whose content that may have changed: they are due. In the
 * caller's transaction, whole or not at all; a caller who will not have too much removed does not keep it.
 * @throws StageLostError
 */
export async function applyStaged(
  manager: EntityManager,
  applying: Applying,
): Promise<{ counts: FileCounts; tooMuch: boolean }> {
  const { system, file, content, staged, share } = applying;
  await proveStaged(manager, applying);
  const [before] = (await manager.query(
    `select (select count(*) from ims_gateway.persons where system = $1 and not gone)::int as persons,
            (select count(*) from ims_gateway.memberships where system = $1)::int as memberships`,
    [system],
  )) as { persons: number; memberships: number }[];
  await manager.query('create temp table touched (person text not null, change text not null) on commit drop');
  await mergePersons(manager, applying);
  const memberships = await mergeMemberships(manager, applying);
  const groups = await mergeGroups(manager, applying);
  if (content === 'snapshot') memberships.removed += await removeMissing(manager, applying);
  memberships.removed += groups.membershipsRemoved;
  const unknown = await noteUnknown(manager, applying);
  const people = await noteTouched(manager, applying);
  const counts: FileCounts = {
    ...staged,
    problems: staged.problems + unknown,
    coursesNew: groups.made,
    ...people,
    membershipsNew: memberships.made,
    membershipsRemoved: memberships.removed,
  };
  const tooMuch =
    content === 'snapshot' &&
    share !== undefined &&
    (isTooMuch({ before: before!.persons, removed: counts.removed }, share) ||
      isTooMuch({ before: before!.memberships, removed: counts.membershipsRemoved }, share));
  await manager.query('delete from ims_gateway.staged where file = $1', [file]);
  return { counts, tooMuch };
}

/** A snapshot of which half is lost would remove the other half. */
async function proveStaged(manager: EntityManager, { file, staged }: Applying): Promise<void> {
  const [row] = (await manager.query('select count(*)::int as number from ims_gateway.staged where file = $1', [
    file,
  ])) as { number: number }[];
  const wanted = staged.groups + staged.persons + staged.memberships;
  if (row!.number !== wanted) throw new StageLostError(`${row!.number} of ${wanted} records are staged`);
}

const unknownPerson = both(
  'о человеке с этим кодом ни один файл ещё не сказал: роль ждёт его записи person',
  'no file has told of a person with this code yet: the role waits for the person’s record',
);

/** Roles of persons of whom nothing is known: they are kept, and said. */
async function noteUnknown(manager: EntityManager, { system, file, staged }: Applying): Promise<number> {
  const rows = (await manager.query(
    `insert into ims_gateway.problems (file, index, line, element, code, cause, reason)
     select $2, $3 + row_number() over (order by min(s.line)) - 1, min(s.line), 'member', s.id, 'unknown-person', $4
     from ims_gateway.staged s
     where s.file = $2 and s.kind = 'membership' and not s.gone
       and not exists (select 1 from ims_gateway.persons p where p.system = $1 and p.id = s.id)
     group by s.id order by min(s.line) limit $5
     returning 1`,
    [system, file, staged.problems, JSON.stringify(unknownPerson), problemsKept],
  )) as unknown[];
  return rows.length;
}

/** Each person once, by the weightiest of what happened; and who failed last time and stands in the file is due again. */
async function noteTouched(
  manager: EntityManager,
  { system, file }: Applying,
): Promise<Pick<FileCounts, 'created' | 'changed' | 'removed' | 'again'>> {
  await manager.query(
    `insert into touched
     select student.code, 'again' from ims_gateway.students student
     where student.system = $1 and student.ended = 'failed'
       and exists (select 1 from ims_gateway.staged s where s.file = $2 and s.kind <> 'group' and s.id = student.code)`,
    [system, file],
  );
  const rows = (await manager.query(
    `with once as (
       select distinct on (t.person) t.person, t.change
       from touched t join ims_gateway.persons p on p.system = $1 and p.id = t.person
       order by t.person, array_position(array['created', 'removed', 'changed', 'again'], t.change)),
     noted as (
       insert into ims_gateway.changes (file, system, code, change, state)
       select $2, $1, person, change, 'waiting' from once),
     owed as (
       insert into ims_gateway.students as s
         (system, code, revision, hash, in_flight_since, marked, recent, due, not_before, ended)
       select $1, person, -1, '', null, false, '[]', $2, 0, null from once
       on conflict (system, code) do update set due = least(s.due, excluded.due), not_before = 0)
     select change, count(*)::int as number from once group by change`,
    [system, file],
  )) as { change: 'created' | 'changed' | 'removed' | 'again'; number: number }[];
  const counts = { created: 0, changed: 0, removed: 0, again: 0 };
  for (const { change, number } of rows) counts[change] = number;
  return counts;
}
