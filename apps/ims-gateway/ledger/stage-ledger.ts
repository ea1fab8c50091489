import type { DataSource } from 'typeorm';
import type { Staged, Unusable } from '../intake/staged.js';

/** Rows written by one statement. */
const atOnce = 5_000;

/** How much of a file is staged. */
export interface StagedSize {
  groups: number;
  persons: number;
  memberships: number;
  problems: number;
}

/** Problems that are kept of one file: a person reads no more, and a broken system must not fill the disk. */
export const problemsKept = 10_000;

/**
 * Writes what a file says beside what is known, from its beginning: whatever an earlier reading has left goes. Many may
 * be read at a time, each under a number of its own. @throws what `records` throws, for one DamagedFileError
 */
export async function stage(dataSource: DataSource, file: number, records: AsyncIterable<Staged>): Promise<StagedSize> {
  await unstage(dataSource, file);
  await dataSource.query('delete from ims_gateway.problems where file = $1', [file]);
  const size: StagedSize = { groups: 0, persons: 0, memberships: 0, problems: 0 };
  const counted = { group: 'groups', person: 'persons', membership: 'memberships' } as const;
  let rows: Exclude<Staged, Unusable>[] = [];
  let problems: Unusable[] = [];
  let index = 0;
  let writing = Promise.resolve();
  /** One is on its way to the database while the next is read. */
  const write = async (): Promise<void> => {
    await writing;
    const [these, those] = [rows, problems];
    const [firstRow, firstProblem] = [index - these.length, size.problems - those.length];
    rows = [];
    problems = [];
    writing = writeRows(dataSource, file, firstRow, these).then(() =>
      writeProblems(dataSource, file, firstProblem, those),
    );
    writing.catch(() => undefined);
  };
  try {
    for await (const record of records) {
      if (record.kind === 'problem') {
        if (size.problems < problemsKept) problems.push(record);
        if (size.problems < problemsKept) size.problems += 1;
        continue;
      }
      rows.push(record);
      index += 1;
      size[counted[record.kind]] += 1;
      if (rows.length >= atOnce) await write();
    }
    await write();
    await writing;
  } catch (error) {
    // Nothing of it may come to the database any more when the caller hears of it.
    await writing.catch(() => undefined);
    throw error;
  }
  return size;
}

export async function unstage(dataSource: DataSource, file: number): Promise<void> {
  await dataSource.query('delete from ims_gateway.staged where file = $1', [file]);
}

async function writeRows(
  dataSource: DataSource,
  file: number,
  first: number,
  rows: readonly Exclude<Staged, Unusable>[],
): Promise<void> {
  if (rows.length === 0) return;
  await dataSource.query(
    `insert into ims_gateway.staged (file, index, kind, id, course, role, gone, data, line)
     select $1, $2 + place - 1, kind, id, course, role, gone, data, line
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::jsonb[], $9::integer[])
       with ordinality as row (kind, id, course, role, gone, data, line, place)`,
    [
      file,
      first,
      rows.map(({ kind }) => kind),
      rows.map(({ id }) => id),
      rows.map(({ course }) => course),
      rows.map(({ role }) => role),
      rows.map(({ gone }) => gone),
      rows.map(({ data }) => JSON.stringify(data)),
      rows.map(({ line }) => line),
    ],
  );
}

async function writeProblems(
  dataSource: DataSource,
  file: number,
  first: number,
  problems: readonly Unusable[],
): Promise<void> {
  if (problems.length === 0) return;
  await dataSource.query(
    `insert into ims_gateway.problems (file, index, line, element, code, cause, reason)
     select $1, $2 + place - 1, line, element, code, cause, reason
     from unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
       with ordinality as row (line, element, code, cause, reason, place)`,
    [
      file,
      first,
      problems.map(({ line }) => line),
      problems.map(({ element }) => element),
      problems.map(({ id }) => id ?? null),
      problems.map(({ cause }) => cause),
      problems.map(({ reason }) => JSON.stringify(reason)),
    ],
  );
}
