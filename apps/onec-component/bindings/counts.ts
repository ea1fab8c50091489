import type { EntityManager } from 'typeorm';
import { approved } from '../registers/facts.js';
import { sliceOfSystem } from './slice.js';

/** What is left to do for one system. */
export interface BindingCounts {
  /** Code of the system. */
  system: string;
  /** Disciplines of approved curricula whose binding waits for a course. */
  empty: number;
  /** Bindings with a course in approved curricula. */
  filled: number;
  /** Disciplines of approved curricula that have no record yet: *Create bindings* makes them. */
  missing: number;
  /** Bindings with a course that no curriculum has any more. */
  gone: number;
}

/** Of the systems with these codes, or of each. */
export async function countBindings(db: EntityManager, codes?: readonly string[]): Promise<BindingCounts[]> {
  const systems: { code: string }[] = await db.query(
    'select code from onec_component.systems where $1::text[] is null or code = any($1) order by code',
    [codes ?? null],
  );
  const counts: BindingCounts[] = [];
  for (const { code } of systems) {
    const rows: Omit<BindingCounts, 'system'>[] = await db.query(
      `with slice as (${sliceOfSystem})
       select count(*) filter (where s.state = 'current' and s.course_id = 0)::int as empty,
              count(*) filter (where s.state = 'current' and s.course_id <> 0)::int as filled,
              count(*) filter (where s.state = 'gone' and s.course_id <> 0)::int as gone,
              (select count(*)::int from onec_component.curriculum_lines l
                 join onec_component.curricula c on c.code = l.curriculum and not c.template and c.status = $2)
              - count(*) filter (where s.state = 'current')::int as missing
         from slice s`,
      [code, approved],
    );
    counts.push({ system: code, ...rows[0]! });
  }
  return counts;
}
