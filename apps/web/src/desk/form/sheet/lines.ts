/** What one binding is known by, within an ELS. */
export interface LineKey {
  curriculum: string;
  department: string;
  disciplineKind: 'Discipline' | 'Cycle' | 'Practice';
  discipline: string;
  semester: number;
}

/** What the register held when the line was shown. */
export interface Shown {
  course: number;
  period: string;
}

export interface CurriculumNamed {
  code: string;
  name: string;
  level: string | null;
  mode: string | null;
  graduatingDepartment: string | null;
  graduatingDepartmentName: string | null;
}

export interface Named {
  code: string;
  name: string;
}

/** What a person may change in a line. */
export interface Entered {
  /** Identifier of the course; 0 is an empty binding. */
  readonly course: number;
  /** Mult.: an edit of one such line is an edit of all. */
  readonly several: boolean;
  /** It will be written into the register. */
  readonly change: boolean;
}

/** A line of the form; one that changes is replaced by another. */
export interface Line extends Entered {
  readonly curriculum: CurriculumNamed;
  readonly department: Named;
  readonly discipline: Named & { kind: LineKey['disciplineKind'] };
  readonly semester: number;
  readonly state: 'current' | 'resting' | 'gone';
  readonly shown: Shown | null;
}

/** What columns refer to by place: each curriculum, department, discipline and period stands once. */
interface Referred {
  curricula: CurriculumNamed[];
  departments: Named[];
  disciplines: Line['discipline'][];
  periods: string[];
}

type Placed = Record<'curriculum' | 'department' | 'discipline' | 'semester' | 'course', number[]>;

/** Column by column, as the component answers: 5,000 lines are some 100 kB. */
export interface Displayed extends Referred {
  states: Line['state'][];
  lines: Placed & Record<'period' | 'state', number[]>;
}

/** The tabular part of a document. */
export interface Tabular extends Referred {
  lines: Placed & Record<'change' | 'several', boolean[]> & Record<'shownCourse' | 'shownPeriod', (number | null)[]>;
}

export const keyOfLine = ({ curriculum, department, discipline, semester }: Line): LineKey => ({
  ...{ curriculum: curriculum.code, department: department.code },
  ...{ disciplineKind: discipline.kind, discipline: discipline.code, semester },
});

export const nameOfKey = ({ curriculum, department, disciplineKind, discipline, semester }: LineKey): string =>
  JSON.stringify([curriculum, department, disciplineKind, discipline, semester]);

export const nameOfLine = (line: Line): string => nameOfKey(keyOfLine(line));

const referredBy = ({ curricula, departments, disciplines }: Referred, lines: Placed, index: number) => ({
  curriculum: curricula[lines.curriculum[index]!]!,
  department: departments[lines.department[index]!]!,
  discipline: disciplines[lines.discipline[index]!]!,
  semester: lines.semester[index]!,
  course: lines.course[index]!,
});

/** What the register holds, as lines; names are shared between them. */
export const linesDisplayed = (answer: Displayed): Line[] =>
  answer.lines.course.map((course, index) => ({
    ...referredBy(answer, answer.lines, index),
    state: answer.states[answer.lines.state[index]!]!,
    shown: { course, period: answer.periods[answer.lines.period[index]!]! },
    ...{ several: false, change: false },
  }));

/** What a document holds, as lines. */
export const linesKept = (answer: Tabular): Line[] =>
  answer.lines.course.map((_, index) => {
    const { shownCourse, shownPeriod, change, several } = answer.lines;
    const [course, period] = [shownCourse[index], shownPeriod[index]];
    return {
      ...referredBy(answer, answer.lines, index),
      state: 'current' as const,
      shown: course == null || period == null ? null : { course, period: answer.periods[period]! },
      ...{ several: several[index]!, change: change[index]! },
    };
  });

/**
 * What stands in the draft laid over what the register holds: a line keeps what the register held when it was shown, so
 * that posting notices who has been there since. Lines that are no longer displayed are put after the others.
 */
export function withKept(lines: readonly Line[], kept: readonly Line[]): Line[] {
  const rest = new Map(kept.map((line) => [nameOfLine(line), line]));
  const laid = lines.map((line) => {
    const name = nameOfLine(line);
    const found = rest.get(name);
    if (!found) return line;
    rest.delete(name);
    const { course, several, change, shown } = found;
    return { ...line, course, several, change, shown };
  });
  return [...laid, ...rest.values()];
}

/** What the draft has to keep: the rest is displayed anew from the register. */
export const linesToKeep = (lines: readonly Line[]): Line[] => lines.filter(({ change, several }) => change || several);
