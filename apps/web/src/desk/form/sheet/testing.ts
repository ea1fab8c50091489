import type { Line } from './lines.js';

/** A line for specs; the register holds the course that it begins with. */
export function lineWith({ course = 0, ...more }: Partial<Line> & { code?: string } = {}): Line {
  const { code = 'д1' } = more;
  return {
    curriculum: {
      ...{ code: 'п1', name: '01.03.02 Прикладная математика', level: 'бакалавриат', mode: 'очная' },
      ...{ graduatingDepartment: '804', graduatingDepartmentName: 'Кафедра 804' },
    },
    department: { code: '801', name: 'Кафедра физики' },
    discipline: { kind: 'Discipline', code, name: 'Физика' },
    semester: 3,
    state: 'current',
    shown: { course, period: '2026-09-01T10:00:00' },
    course,
    several: false,
    change: false,
    ...more,
  };
}
