import type { Bilingual } from '#contracts';
import type { Language } from '../language.js';
import type { Cell, Piece } from './told.js';

const time = (at: Date): string => at.toLocaleString('sv-SE');

export function cellText(cell: Cell, language: Language): string {
  if (cell === null || cell === undefined || cell === '') return '-';
  if (cell instanceof Date) return time(cell);
  if (typeof cell === 'object') return cell[language];
  return String(cell);
}

/** A line break would tear a row apart, and a terminal obeys control characters. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Columns as wide as their longest cell; the last one may run on. Numbers stand at the right. */
export function formatTable(columns: readonly Bilingual[], rows: readonly Cell[][], language: Language): string {
  const head = columns.map((column) => column[language]);
  const texts = rows.map((row) => row.map((cell) => oneLine(cellText(cell, language))));
  const widths = head.map((text, index) => Math.max(...[text, ...texts.map((row) => row[index] ?? '')].map(width)));
  const numeric = head.map((_, index) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number'));
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((text, index) => {
        const fill = ' '.repeat(Math.max(0, widths[index]! - width(text)));
        if (numeric[index]) return fill + text;
        return index === cells.length - 1 ? text : text + fill;
      })
      .join('  ')
      .trimEnd();
  // The last column is as long as it likes: a rule under it would only run over the edge.
  const rules = widths.map((size, index) => '-'.repeat(index === widths.length - 1 ? width(head[index]!) : size));
  return [lineOf(head), lineOf(rules), ...texts.map(lineOf)].join('\n');
}

const width = (text: string): number => [...text].length;

export function formatPieces(pieces: readonly Piece[], language: Language): string {
  return pieces
    .map((piece, index) => {
      if ('line' in piece) return piece.line[language];
      if ('heading' in piece) return `${index === 0 ? '' : '\n'}${piece.heading[language]}`;
      const { columns, rows, empty } = piece.table;
      return rows.length === 0 ? empty[language] : formatTable(columns, rows, language);
    })
    .join('\n');
}
