import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { NaiveDate } from '#synchronizer';
import { continuesEducation } from './facts.js';

/** Of an errand. */
export const countedSchema = z.object({ els: z.string().min(1).max(1_000) });

export interface Counted {
  /** Who continue their education. */
  students: number;
  /** Whom GetStudents would offer of them, were there no Limit. */
  left: number;
}

/** @returns null where no system has that name */
export async function countStudents(dataSource: DataSource, els: string, now: NaiveDate): Promise<Counted | null> {
  return dataSource.transaction('REPEATABLE READ', async (db) => {
    const [system] = (await db.query('select code from onec_component.systems where name = $1', [els])) as {
      code: string;
    }[];
    if (!system) return null;
    // As in studentsToProcess: room for the hash of those who are hidden.
    await db.query(`set local work_mem = '64MB'`);
    const rows: Counted[] = await db.query(
      `select count(*)::int as students,
              (count(*) filter (where s.code not in (select f.student from onec_component.synchronization f
                                                      where f.system = $1 and f.period >= $2::timestamp)))::int as left
         from onec_component.students s
        cross join lateral (
              select bool_or(st.status = $3) as continues from onec_component.student_statuses st
               where st.student = s.code
                 and st.period = (select max(newest.period) from onec_component.student_statuses newest
                                   where newest.student = s.code and newest.period <= $2::timestamp)) last
        where last.continues`,
      [system.code, now, continuesEducation],
    );
    return rows[0]!;
  });
}
