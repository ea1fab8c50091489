import { landing, readColumn, writeColumn } from '../sheet/column.js';
import { enterCourse, enterCourses, isCourse, mark } from '../sheet/sheet.js';
import type { SheetStore } from '../sheet/store.js';
import { nameOfKey, nameOfLine, type LineKey } from '../sheet/lines.js';
import { chosen, columns, type Cursor } from './cursor.js';

/** A course that others have for such a discipline, and why it is suggested. */
export interface Hint {
  course: number;
  why: string;
}
/** By place. */
export type Hints = ReadonlyMap<number, Hint>;

/** What was done in the table, for whoever does not see it. */
export type TableDeed =
  | { kind: 'entered'; lines: number }
  | { kind: 'marked'; lines: number; several: boolean }
  | { kind: 'pasted'; lines: number; leftOver: number }
  | { kind: 'loaded'; lines: number }
  | { kind: 'refused'; row: number; text: string };

/** How many lines the last deed changed; undefined: it changed none. */
function counting(store: SheetStore, deed: () => void): number | undefined {
  const before = store.sheet();
  deed();
  const after = store.sheet();
  return after === before ? undefined : after.past.at(-1)!.after.size;
}

const entered = (lines: number | undefined): TableDeed | undefined =>
  lines === undefined ? undefined : { kind: 'entered', lines };

/** A number typed into a cell; an empty one is an empty binding. */
export function commit(store: SheetStore, place: number, text: string): TableDeed | undefined {
  const course = text.trim() === '' ? 0 : Number(text);
  if (!isCourse(course)) return { kind: 'refused', row: 1, text };
  return entered(counting(store, () => store.change((sheet) => enterCourse(sheet, place, course))));
}

/** A course for the chosen lines; for a single one Mult. holds. */
export function choose(store: SheetStore, places: readonly number[], course: number): TableDeed | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  return entered(
    counting(store, () =>
      store.change((sheet) =>
        places.length === 1
          ? enterCourse(sheet, first, course)
          : enterCourses(
              sheet,
              places.map((place) => [place, course]),
            ),
      ),
    ),
  );
}

export const clear = (store: SheetStore, places: readonly number[]): TableDeed | undefined => choose(store, places, 0);

/** Sets Mult. of these lines; where all have it, resets it. */
export function turnMark(store: SheetStore, places: readonly number[], to?: boolean): TableDeed | undefined {
  const several = to ?? places.some((place) => store.line(place)?.several === false);
  const lines = counting(store, () => store.change((sheet) => mark(sheet, places, several)));
  return lines === undefined ? undefined : { kind: 'marked', lines, several };
}

/** Sets these bindings to zero, whatever Mult. says, and shows them. */
export function zero(store: SheetStore, places: readonly number[]): TableDeed | undefined {
  const nothing = places.map((place): [number, number] => [place, 0]);
  const lines = counting(store, () => store.change((sheet) => enterCourses(sheet, nothing)));
  store.display(store.filter());
  return entered(lines);
}

/** Takes the first suggestion of each of these lines that is empty. */
export const take = (store: SheetStore, places: readonly number[], hints: Hints): TableDeed | undefined =>
  entered(
    counting(store, () =>
      store.change((sheet) =>
        enterCourses(
          sheet,
          places.flatMap((place): [number, number][] => {
            const hint = hints.get(place);
            return hint && store.line(place)?.course === 0 ? [[place, hint.course]] : [];
          }),
        ),
      ),
    ),
  );

/** A column from the clipboard, from the first chosen line down. */
export function paste(
  store: SheetStore,
  displayed: readonly number[],
  rows: { first: number; last: number },
  text: string,
): TableDeed {
  const column = readColumn(text);
  if ('wrong' in column) return { kind: 'refused', ...column.wrong };
  const entries = landing(displayed, rows, column.values);
  const lines = counting(store, () => store.change((sheet) => enterCourses(sheet, entries))) ?? 0;
  const leftOver = Math.max(0, column.values.length - (displayed.length - rows.first));
  return { kind: 'pasted', lines, leftOver: column.values.length === 1 ? 0 : leftOver };
}

/** What a file says of these bindings; whatever it changed is displayed then. */
export function load(store: SheetStore, changes: readonly (LineKey & { to: number })[]): TableDeed {
  const wanted = new Map(changes.map((change) => [nameOfKey(change), change.to]));
  const lines = counting(store, () =>
    store.change((sheet) =>
      enterCourses(
        sheet,
        sheet.lines.flatMap((line, place): [number, number][] => {
          const course = wanted.get(nameOfLine(line));
          return course === undefined ? [] : [[place, course]];
        }),
      ),
    ),
  );
  store.display({ only: 'changed' });
  return { kind: 'loaded', lines: lines ?? 0 };
}

/** The chosen cells of the column one is in. */
export function cellsAsText(store: SheetStore, displayed: readonly number[], cursor: Cursor): string {
  const { first, last } = chosen(cursor);
  const column = columns[cursor.column]!;
  return writeColumn(
    displayed.slice(first, last + 1).map((place, index) => {
      const { curriculum, department, discipline, semester, course, several, shown } = store.line(place)!;
      const cells: Record<(typeof columns)[number], string | number> = {
        ...{ number: first + index + 1, curriculum: curriculum.name, teaching: department.name },
        ...{ discipline: discipline.name, semester, course, several: several ? 1 : 0, note: shown?.course ?? 0 },
      };
      return cells[column];
    }),
  );
}
