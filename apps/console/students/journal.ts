import type { DataSource } from 'typeorm';
import { behind, microseconds, writeMark, type Mark } from '../http/mark.js';

export interface Entry {
  eventId: string;
  type: string;
  system: string;
  subject: string;
  revision: number | null;
  source: string;
  time: Date;
  traceId: string | null;
  data: unknown;
}

export interface Asked {
  system: string;
  subject?: string | undefined;
  type?: string | undefined;
  limit: number;
  after?: Mark | undefined;
}

/** Events of a system as they came, newest first; those of one subject as they were made. */
export async function pageOfJournal(
  dataSource: DataSource,
  { system, subject, type, limit, after }: Asked,
): Promise<{ entries: Entry[]; next?: string }> {
  // By the index that there is: of one subject by `at`, of all by `received`.
  const column = subject === undefined ? 'received' : 'at';
  const parameters: unknown[] = [system, subject ?? null, type ?? null, limit + 1];
  const rest = after
    ? `and ${behind(column, 'event_id', `$${parameters.push(after[0])}`, `$${parameters.push(after[1])}`)}`
    : '';
  const rows = (await dataSource.query(
    `select event_id as "eventId", type, system, subject, revision, source, at as time, trace_id as "traceId", data,
       ${microseconds(column)} as mark
     from console.journal where system = $1 and ($2::text is null or subject = $2) and ($3::text is null or type = $3) ${rest}
     order by ${column} desc, event_id limit $4`,
    parameters,
  )) as (Omit<Entry, 'revision'> & { revision: string | null; mark: string })[];
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: page.map(({ mark: _, ...row }) => ({
      ...row,
      revision: row.revision === null ? null : Number(row.revision),
    })),
    ...(rows.length > limit && last && { next: writeMark([last.mark, last.eventId]) }),
  };
}
