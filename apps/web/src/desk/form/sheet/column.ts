import { isCourse } from './sheet.js';

/** A column as a spreadsheet puts it on the clipboard; null: the cell was empty, and its line stays as it is. */
export type PastedColumn = { values: (number | null)[] } | { wrong: { row: number; text: string } };

/** Reads the first column of what was pasted. A cell that is no course's identifier refuses the whole: nothing lands by halves. */
export function readColumn(text: string): PastedColumn {
  const rows = text.replace(/(\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  const values: (number | null)[] = [];
  for (const [index, row] of rows.entries()) {
    const cell = row.split('\t')[0]!.replaceAll(/^"|"$|\s/g, '');
    if (cell === '') values.push(null);
    else if (/^\d+$/.test(cell) && isCourse(Number(cell))) values.push(Number(cell));
    else return { wrong: { row: index + 1, text: row.split('\t')[0]!.slice(0, 40) } };
  }
  return { values };
}

/** Cells for a spreadsheet, one below the other. */
export const writeColumn = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\r\n');

/**
 * Which line gets which value: a column goes down from the active line over the lines displayed; a single value fills
 * all chosen lines.
 */
export function landing(
  displayed: readonly number[],
  { first, last }: { first: number; last: number },
  values: readonly (number | null)[],
): [place: number, course: number][] {
  const single = values.length === 1 ? values[0] : undefined;
  const rows = single === undefined ? values : Array.from({ length: last - first + 1 }, () => single);
  return rows.flatMap((value, index): [number, number][] => {
    const place = displayed[first + index];
    return place === undefined || value === null ? [] : [[place, value]];
  });
}
