import type { DataSource } from 'typeorm';
import { behind, microseconds, writeMark, type Mark } from '../../http/mark.js';

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
  /** In which is looked. */
  systems: readonly string[];
  subject?: string | undefined;
  type?: string | undefined;
  /** From here on, and before. */
  since?: string | undefined;
  before?: string | undefined;
  limit: number;
  after?: Mark | undefined;
}

/** Events as they came, newest first; those of one subject as they were made. */
export async function pageOfJournal(
  dataSource: DataSource,
  { systems, subject, type, since, before, limit, after }: Asked,
): Promise<{ entries: Entry[]; next?: string }> {
  const parameters: unknown[] = [];
  const given = (value: unknown): string => `$${parameters.push(value)}`;
  // By the index that there is: of one subject by `at`, of all by `received`.
  const column = subject === undefined ? 'received' : 'at';
  const conditions = [
    // One by name: its events are read by its own index.
    systems.length === 1 ? `system = ${given(systems[0])}` : `system = any(${given(systems)})`,
    ...(subject === undefined ? [] : [`subject = ${given(subject)}`]),
    ...(type === undefined ? [] : [`type = ${given(type)}`]),
    ...(since === undefined ? [] : [`${column} >= ${given(since)}`]),
    ...(before === undefined ? [] : [`${column} < ${given(before)}`]),
    ...(after === undefined ? [] : [behind(column, 'event_id', given(after[0]), given(after[1]))]),
  ];
  const rows = (await dataSource.query(
    `select event_id as "eventId", type, system, subject, revision, source, at as time, trace_id as "traceId", data,
       ${microseconds(column)} as mark
     from console.journal where ${conditions.join(' and ')}
     order by ${column} desc, event_id limit ${given(limit + 1)}`,
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
