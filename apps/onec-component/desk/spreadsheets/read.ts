import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { both, unstorableIn } from '#contracts';
import { withinBounds } from './archive.js';
import { columnNames, columns, needed, type ColumnName } from './columns.js';
import { notATable, refusedFile } from './refused-file.js';

/** Bytes of a file, rows of a table, letters of a cell at the most. */
export const largestFile = 2 * 1024 * 1024;
export const mostRows = 20_000;
const longestCell = 1_000;

/** A row as it stands in the file; `row` is its number there, from 1. */
export type TableRow = Record<(typeof needed)[number], string> & { row: number };

/** XLSX, or CSV as spreadsheets write it: in UTF-8 or windows-1251, parted by semicolons, commas or tabs. */
export async function readTable(file: Buffer): Promise<TableRow[]> {
  if (file.length > largestFile) throw refusedFile(both('Файл больше 2 МБ', 'The file is larger than 2 MB'));
  const cells = file.subarray(0, 2).toString('latin1') === 'PK' ? await fromXlsx(file) : fromCsv(file);
  const [head = [], ...rows] = cells;
  const places = placesOf(head);
  if (rows.length > mostRows)
    throw refusedFile(both(`Строк больше ${mostRows}`, `There are more than ${mostRows} rows`));
  return rows.flatMap((row, index) => {
    if (row.every((cell) => cell === '')) return [];
    const values = needed.map((name) => [name, row[places.get(name)!] ?? ''] as const);
    return [{ ...(Object.fromEntries(values) as Omit<TableRow, 'row'>), row: index + 2 }];
  });
}

/** Where each column stands, by its name in either language. */
function placesOf(head: readonly string[]): Map<ColumnName, number> {
  const places = new Map<ColumnName, number>();
  for (const [index, title] of head.entries()) {
    const name = columnNames.find((one) => Object.values(columns[one]).some((known) => same(known, title)));
    if (name && !places.has(name)) places.set(name, index);
  }
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length === 0) return places;
  const named = (language: 'ru' | 'en'): string => missing.map((name) => columns[name][language]).join(', ');
  throw refusedFile(
    both(`В первой строке нет столбцов: ${named('ru')}`, `The first row lacks the columns: ${named('en')}`),
  );
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.trim().toLowerCase();

async function fromXlsx(file: Buffer): Promise<string[][]> {
  const bounded = Buffer.from(withinBounds(file));
  const rows = await readSheet(bounded).catch(() => {
    throw notATable();
  });
  if (rows.length > mostRows + 1)
    throw refusedFile(both(`Строк больше ${mostRows}`, `There are more than ${mostRows} rows`));
  return rows.map((row) => row.map((value) => plainCell(value instanceof Date ? value.toISOString() : value)));
}

function fromCsv(file: Buffer): string[][] {
  const text = decoded(file);
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', '\t', ','].reduce((best, one) => (count(head, one) > count(head, best) ? one : best));
  try {
    const rows = parse(text, { delimiter, bom: true, relax_column_count: true, relax_quotes: true, to: mostRows + 2 });
    return rows.map((row) => row.map(plainCell));
  } catch {
    throw notATable();
  }
}

const count = (text: string, sign: string): number => text.split(sign).length;

/** Russian Excel writes windows-1251, which is seldom UTF-8 by chance. */
function decoded(file: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('windows-1251').decode(file);
  }
}

/** Without the apostrophe that kept it from being a formula. */
function plainCell(value: unknown): string {
  const text = (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '').trim();
  if (text.length > longestCell || unstorableIn(text) !== undefined)
    throw refusedFile(
      both(
        'В ячейке слишком длинный текст или недопустимый знак',
        'A cell is too long or holds a sign that cannot be stored',
      ),
    );
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
