import type { Line } from './lines.js';

export interface Choice {
  value: string;
  label: string;
}

/** What the fields of the filter may be set to: what stands in the lines. */
export interface Choices {
  curricula: Choice[];
  graduating: Choice[];
  levels: Choice[];
  modes: Choice[];
  disciplines: Choice[];
  teaching: Choice[];
  semesters: number[];
}

export function choicesIn(lines: readonly Line[]): Choices {
  const found: Record<Exclude<keyof Choices, 'semesters'>, Map<string, string>> = {
    ...{ curricula: new Map(), graduating: new Map(), levels: new Map(), modes: new Map() },
    ...{ disciplines: new Map(), teaching: new Map() },
  };
  const semesters = new Set<number>();
  for (const { curriculum, department, discipline, semester } of lines) {
    const { level, mode, graduatingDepartment: graduating, graduatingDepartmentName } = curriculum;
    found.curricula.set(curriculum.code, curriculum.name);
    if (graduating !== null) found.graduating.set(graduating, graduatingDepartmentName ?? graduating);
    if (level !== null) found.levels.set(level, level);
    if (mode !== null) found.modes.set(mode, mode);
    found.disciplines.set(discipline.name, discipline.name);
    found.teaching.set(department.code, department.name);
    semesters.add(semester);
  }
  const sorted = (names: Map<string, string>): Choice[] =>
    [...names]
      .map(([value, label]) => ({ value, label }))
      .sort((one, other) => one.label.localeCompare(other.label, 'ru', { numeric: true }));
  return {
    ...{ curricula: sorted(found.curricula), graduating: sorted(found.graduating), levels: sorted(found.levels) },
    ...{ modes: sorted(found.modes), disciplines: sorted(found.disciplines), teaching: sorted(found.teaching) },
    semesters: [...semesters].sort((one, other) => one - other),
  };
}
