import type { DataSource } from 'typeorm';
import { behind, microseconds, writeMark, type Mark } from '../../http/mark.js';
import { listed, type Listed } from './overview.js';
import { conditionOf, type Selection } from './selection.js';

export interface Page {
  rows: Listed[];
  /** Give it back for the rows after these; absent: there are no more. */
  next?: string;
}

/** Newest first, from behind the mark: rows that come meanwhile move nothing. */
export async function pageOfFailures(
  dataSource: DataSource,
  selection: Selection,
  limit: number,
  after?: Mark,
): Promise<Page> {
  const parameters: unknown[] = [limit + 1];
  const condition = conditionOf(selection, parameters);
  const rest = after
    ? `and ${behind('f.last_seen', 'f.id', `$${parameters.push(after[0])}`, `$${parameters.push(after[1])}`)}`
    : '';
  const rows = (await dataSource.query(
    `select ${listed}, ${microseconds('f.last_seen')} as mark from console.failures f
     where ${condition} ${rest} order by f.last_seen desc, f.id limit $1`,
    parameters,
  )) as (Listed & { mark: string })[];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ mark: _, ...row }) => ({
      ...row,
      revision: row.revision === null ? null : Number(row.revision),
    })),
    ...(rows.length > limit && last && { next: writeMark([last.mark, last.id]) }),
  };
}
