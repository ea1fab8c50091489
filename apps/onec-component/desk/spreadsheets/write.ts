import writeXlsxFile from 'write-excel-file/node';
import type { Bilingual } from '#contracts';
import type { DisplayedBindings } from '../../bindings/display.js';
import { columnNames, columns, type ColumnName } from './columns.js';

type Row = Record<ColumnName, string | number>;

/** Line by line, as a person reads it. */
export function rowsOf({ curricula, departments, disciplines, lines }: DisplayedBindings): Row[] {
  return lines.course.map((course, index) => {
    const curriculum = curricula[lines.curriculum[index]!]!;
    const department = departments[lines.department[index]!]!;
    const discipline = disciplines[lines.discipline[index]!]!;
    return {
      ...{ curriculum: curriculum.code, curriculumName: curriculum.name },
      ...{ department: department.code, departmentName: department.name },
      ...{ disciplineKind: discipline.kind, discipline: discipline.code, disciplineName: discipline.name },
      ...{ semester: lines.semester[index]!, course },
    };
  });
}

/** What a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (value: string | number): string => {
  const text = String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** With a byte order mark and semicolons, as Russian Excel opens it by a double click. */
export const toCsv = (rows: readonly Row[], language: keyof Bilingual): string =>
  `\uFEFF${[
    columnNames.map((name) => cell(columns[name][language])),
    ...rows.map((row) => columnNames.map((name) => cell(row[name]))),
  ]
    .map((cells) => `${cells.join(';')}\r\n`)
    .join('')}`;

/** Texts stand as texts, so that none is a formula and codes keep their zeros. */
export function toXlsx(rows: readonly Row[], language: keyof Bilingual): Promise<Buffer> {
  const head = columnNames.map((name) => ({
    value: columns[name][language],
    type: String,
    fontWeight: 'bold' as const,
  }));
  const body = rows.map((row) =>
    columnNames.map((name) => {
      const value = row[name];
      return typeof value === 'number' ? { value, type: Number } : { value, type: String };
    }),
  );
  return writeXlsxFile([head, ...body], { stickyRowsCount: 1 }).toBuffer();
}
