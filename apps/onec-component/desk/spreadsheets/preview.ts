import { both, type Bilingual } from '#contracts';
import type { DisplayedBindings } from '../../bindings/display.js';
import { largestCourse, type BindingKey } from '../../documents/binding-document.js';
import type { DisciplineKind } from '../../ledger/entities/mirror/disciplines.js';
import type { TableRow } from './read.js';
import { rowsOf } from './write.js';

export interface Change extends BindingKey {
  curriculumName: string;
  disciplineName: string;
  from: number;
  to: number;
}

export interface Preview {
  /** Rows that say what stands there already, or nothing. */
  same: number;
  changes: Change[];
  faults: { row: number; text: Bilingual }[];
}

type Standing = ReturnType<typeof rowsOf>[number];
type Key = Pick<TableRow, 'curriculum' | 'department' | 'disciplineKind' | 'discipline' | 'semester'>;

const keyOf = (row: Key, code = (text: string): string => text): string =>
  JSON.stringify([
    ...[code(row.curriculum), code(row.department), row.disciplineKind.toLowerCase()],
    ...[code(row.discipline), row.semester],
  ]);
/** Spreadsheets take the zeros from the front of a code. */
const withoutZeros = (code: string): string => code.replace(/^0+(?=.)/, '');

/** What a table would change of what the register holds. A row whose course is left empty changes nothing. */
export function previewOf(rows: readonly TableRow[], displayed: DisplayedBindings): Preview {
  const standing = rowsOf(displayed);
  const exact = new Map(standing.map((row) => [keyOf(asText(row)), row]));
  const shortened = new Map<string, Standing | null>();
  for (const row of standing) {
    const key = keyOf(asText(row), withoutZeros);
    shortened.set(key, shortened.has(key) ? null : row);
  }
  const preview: Preview = { same: 0, changes: [], faults: [] };
  const wanted = new Map<Standing, { row: number; course: number }>();
  for (const row of rows) {
    const fault = (ru: string, en: string): unknown =>
      preview.faults.push({ row: row.row, text: both(`Строка ${row.row}: ${ru}`, `Row ${row.row}: ${en}`) });
    if (row.course === '') {
      preview.same++;
      continue;
    }
    const course = courseOf(row.course);
    const found = exact.get(keyOf(row)) ?? shortened.get(keyOf(row, withoutZeros));
    const before = found && wanted.get(found);
    if (course === undefined)
      fault('номер курса — не целое неотрицательное число', 'the course is no whole number from 0');
    else if (found === null)
      fault('кодам без нулей отвечают несколько привязок', 'several bindings fit the codes without zeros');
    else if (!found) fault('такой привязки у этой ЭОС нет', 'this ELS has no such binding');
    else if (before && before.course !== course)
      fault(
        `строка ${before.row} задаёт той же привязке другой курс`,
        `row ${before.row} gives the same binding another course`,
      );
    else if (before) preview.same++;
    else {
      wanted.set(found, { row: row.row, course });
      if (found.course === course) preview.same++;
      else preview.changes.push(changeOf(found, course));
    }
  }
  return preview;
}

const asText = (row: Standing): Key => ({
  ...{ curriculum: String(row.curriculum), department: String(row.department) },
  ...{ disciplineKind: String(row.disciplineKind), discipline: String(row.discipline), semester: String(row.semester) },
});

function courseOf(text: string): number | undefined {
  const digits = text.replace(/[\s\u00A0\u202F]/g, '');
  if (!/^\d{1,10}$/.test(digits)) return undefined;
  const course = Number(digits);
  return course <= largestCourse ? course : undefined;
}

const changeOf = (row: Standing, to: number): Change => ({
  ...{ curriculum: String(row.curriculum), department: String(row.department), discipline: String(row.discipline) },
  ...{ disciplineKind: row.disciplineKind as DisciplineKind, semester: Number(row.semester) },
  ...{ curriculumName: String(row.curriculumName), disciplineName: String(row.disciplineName) },
  ...{ from: Number(row.course), to },
});
