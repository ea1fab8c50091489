import type { EntityManager } from 'typeorm';
import { approved } from '../registers/facts.js';
import { disciplineKinds, type DisciplineKind } from '../ledger/entities/mirror/disciplines.js';
import { bindingStates, sliceOfSystem, type BindingState } from './slice.js';

export interface DisplayedCurriculum {
  code: string;
  name: string;
  year: number | null;
  field: string | null;
  profile: string | null;
  mode: string | null;
  site: string | null;
  level: string | null;
  /** Code and name of the graduating department. */
  graduatingDepartment: string | null;
  graduatingDepartmentName: string | null;
}

/**
 * All bindings of a system, column by column: the n-th line is the n-th value of each list. Curricula, disciplines,
 * departments, periods and states are places in the lists beside it, so that 5,000 lines are some 100 kB.
 */
export interface DisplayedBindings {
  curricula: DisplayedCurriculum[];
  departments: { code: string; name: string }[];
  disciplines: { kind: DisciplineKind; code: string; name: string }[];
  periods: string[];
  states: BindingState[];
  lines: Record<'curriculum' | 'department' | 'discipline' | 'semester' | 'course' | 'period' | 'state', number[]>;
}

interface Row {
  curriculum: string;
  department: string;
  kind: DisciplineKind;
  discipline: string;
  semester: number;
  course: number;
  period: string;
  state: BindingState;
  disciplineName: string;
  departmentName: string;
}

/** `all`: empty and filled; `empty`: those of approved curricula that wait for a course. */
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
      where $3 = 'all' or (s.course_id = 0 and s.state = 'current')
      order by coalesce(c.name, s.curriculum), s.curriculum, s.semester, "disciplineName", s.discipline_kind, s.discipline,
               s.department`,
    [system, approved, display],
  );
  const curricula = new Places<string>();
  const departments = new Places<DisplayedBindings['departments'][number]>();
  const disciplines = new Places<DisplayedBindings['disciplines'][number]>();
  const periods = new Places<string>();
  const lines: DisplayedBindings['lines'] = {
    ...{ curriculum: [], department: [], discipline: [], semester: [], course: [], period: [], state: [] },
  };
  for (const row of rows) {
    const { kind, discipline, department } = row;
    lines.curriculum.push(curricula.place(row.curriculum, row.curriculum));
    lines.department.push(departments.place(department, { code: department, name: row.departmentName }));
    const place = `${disciplineKinds.indexOf(kind)} ${discipline}`;
    lines.discipline.push(disciplines.place(place, { kind, code: discipline, name: row.disciplineName }));
    lines.semester.push(row.semester);
    lines.course.push(row.course);
    lines.period.push(periods.place(row.period, row.period));
    lines.state.push(bindingStates.indexOf(row.state));
  }
  return {
    curricula: await curriculaOf(db, curricula.values),
    ...{ departments: departments.values, disciplines: disciplines.values, periods: periods.values },
    ...{ states: [...bindingStates], lines },
  };
}

/** In the order of the codes; of one that is not there any more only the code is known. */
const curriculaOf = (db: EntityManager, codes: readonly string[]): Promise<DisplayedCurriculum[]> =>
  db.query(
    `select wanted.code, coalesce(c.name, wanted.code) as name, c.year, c.field, c.profile, c.mode, c.site, c.level,
            c.graduating_department as "graduatingDepartment", d.name as "graduatingDepartmentName"
       from unnest($1::text[]) with ordinality as wanted (code, place)
       left join onec_component.curricula c on c.code = wanted.code
       left join onec_component.departments d on d.code = c.graduating_department
      order by wanted.place`,
    [codes],
  );

/** Each value once, and where it stands. */
class Places<T> {
  readonly values: T[] = [];
  private readonly places = new Map<string, number>();

  place(key: string, value: T): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
