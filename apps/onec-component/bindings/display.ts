import type { EntityManager } from 'typeorm';
import { approved } from '../registers/facts.js';
import { Referring, type NamedKey, type Referred } from './columns.js';
import { bindingStates, sliceOfSystem, type BindingState } from './slice.js';

/**
 * All bindings of a system, column by column: the n-th line is the n-th value of each list. Curricula, disciplines,
 * departments, periods and states are places in the lists beside it, so that 5,000 lines are some 100 kB.
 */
export interface DisplayedBindings extends Referred {
  states: BindingState[];
  lines: Record<'curriculum' | 'department' | 'discipline' | 'semester' | 'course' | 'period' | 'state', number[]>;
}

interface Row extends NamedKey {
  semester: number;
  course: number;
  period: string;
  state: BindingState;
}

/**
 * `all`: empty and filled; `empty`: those of approved curricula that wait for a course. Those with a course that no
 * curriculum has any more are among both, for they wait for a person, too.
 */
export async function displayBindings(
  db: EntityManager,
  system: string,
  display: 'all' | 'empty',
): Promise<DisplayedBindings> {
  const rows: Row[] = await db.query(
    `select s.curriculum, s.department, s.discipline_kind as kind, s.discipline, s.semester, s.course_id as course,
            to_char(s.period, 'YYYY-MM-DD"T"HH24:MI:SS') as period, s.state,
            coalesce(d.name, s.discipline) as "disciplineName", coalesce(t.name, s.department) as "departmentName"
       from (${sliceOfSystem}) s
       left join onec_component.curricula c on c.code = s.curriculum
       left join onec_component.disciplines d on d.kind = s.discipline_kind and d.code = s.discipline
       left join onec_component.departments t on t.code = s.department
      where $3 = 'all' or (s.course_id = 0 and s.state = 'current') or (s.course_id <> 0 and s.state = 'gone')
      order by coalesce(c.name, s.curriculum), s.curriculum, s.semester, "disciplineName", s.discipline_kind, s.discipline,
               s.department`,
    [system, approved, display],
  );
  const referring = new Referring();
  const lines: DisplayedBindings['lines'] = {
    ...{ curriculum: [], department: [], discipline: [], semester: [], course: [], period: [], state: [] },
  };
  for (const row of rows) {
    const { curriculum, department, discipline } = referring.placesOf(row);
    lines.curriculum.push(curriculum);
    lines.department.push(department);
    lines.discipline.push(discipline);
    lines.semester.push(row.semester);
    lines.course.push(row.course);
    lines.period.push(referring.period(row.period));
    lines.state.push(bindingStates.indexOf(row.state));
  }
  return { ...(await referring.referred(db)), states: [...bindingStates], lines };
}
