import { generateUniversity } from '../../../sandbox/onec/university/generate.js';
import type { Registers } from './registers.js';

/** A university of that size whose register of bindings holds about that many records, history included. */
export async function fillLarge(registers: Registers, students: number, bindings: number): Promise<void> {
  const systems = ['LMS', 'СДО'];
  const today = new Date(registers.time.now);
  const university = generateUniversity({ students, seed: 1, systems, courses: 500, faulty: 0.01, today });
  registers.university.snapshot = { ...university, toolkit: { ...university.toolkit, documents: [] } };
  await registers.mirror.refresh();
  const lines = university.curricula.reduce((sum, curriculum) => sum + curriculum.lines.length, 0);
  const times = Math.ceil(bindings / lines / systems.length);
  await registers.dataSource.query(
    `insert into onec_component.academic_course_bindings
       (system, curriculum, semester, discipline_kind, discipline, department, period, course_id, recorder, line)
     select s.code, l.curriculum, l.semester, l.discipline_kind, l.discipline, l.department,
            timestamp '2024-08-01' + time * interval '1 day', 2 + (hashtext(l.discipline || time)::bigint + 2147483648) % 500,
            gen_random_uuid(), 1
       from onec_component.curriculum_lines l, onec_component.systems s, generate_series(1, $1) as time`,
    [times],
  );
  await registers.dataSource.query('vacuum analyze onec_component.academic_course_bindings');
}

export interface Timing {
  median: number;
  worst: number;
}

/** Milliseconds of the operation over some repetitions. */
export async function timed(times: number, work: () => Promise<unknown>): Promise<Timing> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  taken.sort((a, b) => a - b);
  return { median: Math.round(taken[Math.floor(taken.length / 2)] ?? 0), worst: Math.round(taken.at(-1) ?? 0) };
}
