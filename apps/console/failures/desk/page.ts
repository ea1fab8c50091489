import type { DataSource } from 'typeorm';
import { listed, type Listed } from './overview.js';
import { conditionOf, type Selection } from './selection.js';

export interface Page {
  rows: Listed[];
  /** Give it back for the rows after these; absent: there are no more. */
  next?: string;
}

/** Where a page ended: a row's moment, to the microsecond, and its id. */
const markOf = (moment: string, id: string): string => Buffer.from(JSON.stringify([moment, id])).toString('base64url');

/** @returns nothing where it is none of ours */
export function readMark(mark: string): [string, string] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(mark, 'base64url').toString());
    const [moment, id] = read as [unknown, unknown];
    return typeof moment === 'string' && /^\d{1,20}$/.test(moment) && typeof id === 'string' ? [moment, id] : undefined;
  } catch {
    return undefined;
  }
}

/** Newest first, from behind the mark: rows that come meanwhile move nothing. */
export async function pageOfFailures(
  dataSource: DataSource,
  selection: Selection,
  limit: number,
  after?: [string, string],
): Promise<Page> {
  const parameters: unknown[] = [limit + 1];
  const condition = conditionOf(selection, parameters);
  let behind = '';
  if (after) {
    parameters.push(...after);
    const [moment, id] = [`$${parameters.length - 1}`, `$${parameters.length}`];
    const time = `to_timestamp(${moment}::numeric / 1000000)`;
    behind = `and f.last_seen <= ${time} and (f.last_seen < ${time} or f.id > ${id}::text)`;
  }
  const rows = (await dataSource.query(
    `select ${listed}, (extract(epoch from f.last_seen) * 1000000)::bigint::text as mark from console.failures f
     where ${condition} ${behind} order by f.last_seen desc, f.id limit $1`,
    parameters,
  )) as (Listed & { mark: string })[];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ mark: _, ...row }) => ({
      ...row,
      revision: row.revision === null ? null : Number(row.revision),
    })),
    ...(rows.length > limit && last && { next: markOf(last.mark, last.id) }),
  };
}
