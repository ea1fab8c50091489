import type { KeyDeed } from './keys.js';

/** Columns in their order. */
export const columns = [
  'number',
  'curriculum',
  'teaching',
  'discipline',
  'semester',
  'course',
  'several',
  'note',
] as const;
export type ColumnName = (typeof columns)[number];
export const courseColumn = columns.indexOf('course');
export const severalColumn = columns.indexOf('several');

/** Where one is in the table: rows are places among the lines displayed; what lies between both rows is chosen. */
export interface Cursor {
  row: number;
  column: number;
  /** Where the choice of rows began. */
  anchor: number;
}

export const begin: Cursor = { row: 0, column: courseColumn, anchor: 0 };

export const chosen = ({ row, anchor }: Cursor): { first: number; last: number } => ({
  first: Math.min(row, anchor),
  last: Math.max(row, anchor),
});

export const within = (cursor: Cursor, rows: number): Cursor => {
  const last = Math.max(0, rows - 1);
  if (cursor.row <= last && cursor.anchor <= last) return cursor;
  return { ...cursor, row: Math.min(cursor.row, last), anchor: Math.min(cursor.anchor, last) };
};

/** Where a key leads; the same cursor when it leads nowhere. `page`: rows that are seen at once. */
export function moved(cursor: Cursor, deed: KeyDeed, rows: number, page: number): Cursor {
  const to = (row: number, extend: boolean, column = cursor.column): Cursor => {
    const next = Math.max(0, Math.min(rows - 1, row));
    return { row: next, column, anchor: extend ? cursor.anchor : next };
  };
  switch (deed.kind) {
    case 'move': {
      const column = Math.max(0, Math.min(columns.length - 1, cursor.column + deed.columns));
      return to(cursor.row + deed.rows, deed.extend, column);
    }
    case 'page':
      return to(cursor.row + deed.pages * page, deed.extend);
    case 'jump':
      return to(deed.to === 'first' ? 0 : rows - 1, deed.extend);
    case 'next':
      return to(cursor.row + 1, false, courseColumn);
    case 'all':
      return { ...cursor, row: Math.max(0, rows - 1), anchor: 0 };
    default:
      return cursor;
  }
}
