import type { Bilingual } from '#contracts';
import { both } from '#contracts';

/** Columns of the table, in their order; the codes are what a row is known by, the names are for people. */
export const columns = {
  curriculum: both('Код плана', 'Curriculum code'),
  curriculumName: both('Учебный план', 'Curriculum'),
  department: both('Код кафедры', 'Department code'),
  departmentName: both('Кафедра', 'Teaching department'),
  disciplineKind: both('Вид', 'Kind'),
  discipline: both('Код дисциплины', 'Discipline code'),
  disciplineName: both('Дисциплина', 'Discipline'),
  semester: both('Семестр', 'Semester'),
  course: both('Курс', 'Course'),
} satisfies Record<string, Bilingual>;
export type ColumnName = keyof typeof columns;
export const columnNames = Object.keys(columns) as ColumnName[];

/** Without these a row says nothing. */
export const needed = ['curriculum', 'department', 'disciplineKind', 'discipline', 'semester', 'course'] as const;
