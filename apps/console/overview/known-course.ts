import type { DataSource } from 'typeorm';
import { eventTypes } from '#contracts';

/** A course that students of the system are to be enrolled in, from the newest event that names one. */
export async function knownCourse(dataSource: DataSource, system: string): Promise<number | undefined> {
  const rows = (await dataSource.query(
    `select (data->'courses'->0->>'id')::int as id from console.journal
     where system = $1 and type = $2 and data->'courses'->0 ? 'id' order by received desc limit 1`,
    [system, eventTypes.StudentChanged],
  )) as { id: number }[];
  return rows[0]?.id;
}
