import { linesToKeep, nameOfLine, type Line } from './lines.js';

/** Two people at one document: a line of which both have entered something. */
export interface Clash {
  line: Line;
  mine: number;
  theirs: number;
}

export interface Merged {
  kept: Line[];
  clashes: Clash[];
}

/**
 * My edits put on top of what another has saved: `base` is what both began with. Where both have entered something,
 * mine stands and is named, so that nobody's work is lost silently.
 */
export function merged(base: readonly Line[], mine: readonly Line[], theirs: readonly Line[]): Merged {
  const before = byName(base);
  const other = byName(theirs);
  const kept = new Map(other);
  const clashes: Clash[] = [];
  for (const line of mine) {
    const name = nameOfLine(line);
    const stood = before.get(name);
    if (alike(line, stood)) continue;
    const saved = other.get(name);
    const theirCourse = saved?.course ?? line.shown?.course ?? 0;
    if (!bothAlike(saved, stood) && theirCourse !== line.course)
      clashes.push({ line, mine: line.course, theirs: theirCourse });
    if (line.change || line.several) kept.set(name, line);
    else kept.delete(name);
  }
  return { kept: [...kept.values()], clashes };
}

const byName = (lines: readonly Line[]) => new Map(linesToKeep(lines).map((line) => [nameOfLine(line), line]));

/** Is the line as it was kept; one that was not kept had nothing entered. */
const alike = (line: Line, kept: Line | undefined): boolean =>
  kept
    ? line.course === kept.course && line.several === kept.several && line.change === kept.change
    : !line.change && !line.several;

const bothAlike = (one: Line | undefined, other: Line | undefined): boolean =>
  one === undefined ? other === undefined : alike(one, other) && (other !== undefined || (!one.change && !one.several));
