import { uuidOf } from '../../university/random.js';
import { catalogRow, nothing, ofCatalog, type EdmType, type Row, type Table } from '../table.js';

const keys = new Map<string, string>();

/** The reference of an object, the same whenever it is asked for; an empty one where there is no code. */
export function keyOf(set: string, code: string | number | null | undefined): string {
  if (code === null || code === undefined || code === '') return nothing;
  const name = `${set} ${code}`;
  let key = keys.get(name);
  if (key === undefined) keys.set(name, (key = uuidOf(name)));
  return key;
}

export const catalog = (set: string, rows: () => Row[], more: Record<string, EdmType> = {}): Table => ({
  set,
  key: ['Ref_Key'],
  fields: { ...ofCatalog, ...more },
  rows,
});

/** A directory of the words that stand in a field. */
export const words = (set: string, all: () => Iterable<string | number | null>): Table =>
  catalog(set, () =>
    [...new Set(all())]
      .filter((word) => word !== null && word !== '')
      .map((word) => catalogRow(keyOf(set, word), '', String(word))),
  );

export const shapeOf = (tables: readonly Table[]): Map<string, Table> =>
  new Map(tables.map((table) => [table.set, table]));

/** The institute of a group, by the letters of its name: М8О-101Б-24. */
export const facultyOf = (group: string): string => `Институт ${group.split('-')[0] ?? ''}`;
