import type { EntityManager } from 'typeorm';
import type { DisciplineKind } from '../ledger/entities/mirror/disciplines.js';

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

/** What lines refer to by its place: each curriculum, department, discipline and period stands once. */
export interface Referred {
  curricula: DisplayedCurriculum[];
  departments: { code: string; name: string }[];
  disciplines: { kind: DisciplineKind; code: string; name: string }[];
  periods: string[];
}

/** Of one line; what has no name any more is known by its code. */
export interface NamedKey {
  curriculum: string;
  department: string;
  kind: DisciplineKind;
  discipline: string;
  disciplineName: string;
  departmentName: string;
}

/** Gathers what lines refer to while they are laid out in columns. */
export class Referring {
  private readonly curricula = new Places<string>();
  private readonly departments = new Places<Referred['departments'][number]>();
  private readonly disciplines = new Places<Referred['disciplines'][number]>();
  private readonly periods = new Places<string>();

  /** Where they stand in the lists. */
  placesOf({ curriculum, department, kind, discipline, disciplineName, departmentName }: NamedKey) {
    return {
      curriculum: this.curricula.place(curriculum, curriculum),
      department: this.departments.place(department, { code: department, name: departmentName }),
      discipline: this.disciplines.place(`${kind} ${discipline}`, { kind, code: discipline, name: disciplineName }),
    };
  }

  period(period: string): number {
    return this.periods.place(period, period);
  }

  async referred(db: EntityManager): Promise<Referred> {
    return {
      curricula: await curriculaOf(db, this.curricula.values),
      ...{ departments: this.departments.values, disciplines: this.disciplines.values, periods: this.periods.values },
    };
  }
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
