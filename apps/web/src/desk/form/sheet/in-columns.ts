import type { Line, Tabular } from './lines.js';

/** Lines column by column, as the component takes them: what is named often stands once. */
export function inColumns(lines: readonly Line[]): Tabular {
  const curricula = new Places<Line['curriculum']>();
  const departments = new Places<Line['department']>();
  const disciplines = new Places<Line['discipline']>();
  const periods = new Places<string>();
  return {
    lines: {
      curriculum: lines.map(({ curriculum }) => curricula.place(curriculum.code, curriculum)),
      department: lines.map(({ department }) => departments.place(department.code, department)),
      discipline: lines.map(({ discipline }) => disciplines.place(`${discipline.kind} ${discipline.code}`, discipline)),
      semester: lines.map(({ semester }) => semester),
      course: lines.map(({ course }) => course),
      change: lines.map(({ change }) => change),
      several: lines.map(({ several }) => several),
      shownCourse: lines.map(({ shown }) => shown?.course ?? null),
      shownPeriod: lines.map(({ shown }) => (shown ? periods.place(shown.period, shown.period) : null)),
    },
    ...{ curricula: curricula.values, departments: departments.values },
    ...{ disciplines: disciplines.values, periods: periods.values },
  };
}

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
