import type { Entered, Line } from './lines.js';

/** What a deed made of which lines, and what stood there before. */
interface Step {
  readonly before: ReadonlyMap<number, Entered>;
  readonly after: ReadonlyMap<number, Entered>;
}

/** The table that is edited. Nothing in it changes: each deed makes another, which shares with it what stayed. */
export interface Sheet {
  readonly lines: readonly Line[];
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** The largest identifier that the register holds. */
export const largestCourse = 2_147_483_647;

/** So many deeds may be taken back. */
const remembered = 200;

export const sheetWith = (lines: readonly Line[]): Sheet => ({ lines, past: [], future: [] });

export const isCourse = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= largestCourse;

/** Enters a course in a line; where the line has Mult., in all that have it, displayed or not. */
export function enterCourse(sheet: Sheet, place: number, course: number): Sheet {
  const line = sheet.lines[place];
  if (!line) return sheet;
  const places = line.several ? placesWith(sheet.lines, ({ several }) => several) : [place];
  return enterCourses(
    sheet,
    places.map((each) => [each, course]),
  );
}

/** Enters a course in each of these lines and in no other: a pasted column, suggestions taken. */
export function enterCourses(sheet: Sheet, entries: Iterable<readonly [place: number, course: number]>): Sheet {
  const after = new Map<number, Entered>();
  for (const [place, course] of entries) {
    const line = sheet.lines[place];
    if (line && isCourse(course) && line.course !== course)
      after.set(place, { course, several: line.several, change: course !== (line.shown?.course ?? 0) });
  }
  return done(sheet, after);
}

/** Sets or resets Mult. of these lines. */
export function mark(sheet: Sheet, places: Iterable<number>, several: boolean): Sheet {
  const after = new Map<number, Entered>();
  for (const place of places) {
    const line = sheet.lines[place];
    if (line && line.several !== several) after.set(place, { ...enteredIn(line), several });
  }
  return done(sheet, after);
}

export function undo(sheet: Sheet): Sheet {
  const step = sheet.past.at(-1);
  if (!step) return sheet;
  return { lines: put(sheet.lines, step.before), past: sheet.past.slice(0, -1), future: [...sheet.future, step] };
}

export function redo(sheet: Sheet): Sheet {
  const step = sheet.future.at(-1);
  if (!step) return sheet;
  return { lines: put(sheet.lines, step.after), past: [...sheet.past, step], future: sheet.future.slice(0, -1) };
}

export function placesWith(lines: readonly Line[], wanted: (line: Line) => boolean): number[] {
  const places: number[] = [];
  lines.forEach((line, place) => {
    if (wanted(line)) places.push(place);
  });
  return places;
}

const enteredIn = ({ course, several, change }: Line): Entered => ({ course, several, change });

function done(sheet: Sheet, after: ReadonlyMap<number, Entered>): Sheet {
  if (after.size === 0) return sheet;
  const before = new Map([...after.keys()].map((place) => [place, enteredIn(sheet.lines[place]!)]));
  const past = [...sheet.past, { before, after }].slice(-remembered);
  return { lines: put(sheet.lines, after), past, future: [] };
}

function put(lines: readonly Line[], entered: ReadonlyMap<number, Entered>): Line[] {
  const next = [...lines];
  for (const [place, values] of entered) next[place] = { ...next[place]!, ...values };
  return next;
}
