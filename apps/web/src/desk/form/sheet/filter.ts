import type { Line, Named } from './lines.js';

export const shownLines = ['changed', 'marked', 'empty', 'suggested', 'gone'] as const;

/** Which lines are displayed: the form's two blocks, and beside them lines by what was done with them. */
export interface Filter {
  curriculum?: string | undefined;
  /** Code of the graduating department. */
  graduating?: string | undefined;
  level?: string | undefined;
  mode?: string | undefined;
  discipline?: string | undefined;
  /** Code of the teaching department. */
  teaching?: string | undefined;
  semester?: number | undefined;
  course?: number | undefined;
  only?: (typeof shownLines)[number] | undefined;
}

export const isFiltered = (filter: Filter): boolean =>
  Object.values(filter).some((value) => value !== undefined && value !== '');

/** No curriculum has it any more, and nobody has touched it in this document: it is displayed only where asked for. */
export const standsApart = ({ state, change, several }: Line): boolean => state === 'gone' && !change && !several;

/**
 * Places of the lines that pass; lines that no curriculum has any more stand apart, and are among the others only once they
 * are changed. `suggested`: places that have a suggestion.
 */
export function filtered(lines: readonly Line[], filter: Filter, suggested?: ReadonlySet<number>): number[] {
  const { graduating, level, mode, teaching, semester, course, only } = filter;
  const inCurriculum = byWords(filter.curriculum);
  const inDiscipline = byWords(filter.discipline);
  const places: number[] = [];
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place]!;
    if (only !== 'gone' && standsApart(line)) continue;
    if (semester !== undefined && line.semester !== semester) continue;
    if (course !== undefined && line.course !== course) continue;
    if (teaching !== undefined && line.department.code !== teaching) continue;
    if (graduating !== undefined && line.curriculum.graduatingDepartment !== graduating) continue;
    if (level !== undefined && line.curriculum.level !== level) continue;
    if (mode !== undefined && line.curriculum.mode !== mode) continue;
    if (only !== undefined && !passes(line, place, only, suggested)) continue;
    if (!inCurriculum(line.curriculum) || !inDiscipline(line.discipline)) continue;
    places.push(place);
  }
  return places;
}

function passes(line: Line, place: number, only: NonNullable<Filter['only']>, suggested?: ReadonlySet<number>) {
  switch (only) {
    case 'changed':
      return line.change;
    case 'marked':
      return line.several;
    case 'empty':
      return line.course === 0;
    case 'suggested':
      return suggested?.has(place) ?? false;
    case 'gone':
      return line.state === 'gone';
  }
}

/** Every word stands in the name or the code, large and small letters alike. What one thing says is found out once. */
function byWords(text: string | undefined): (named: Named) => boolean {
  const words = plain(text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  const known = new Map<Named, boolean>();
  return (named) => {
    let found = known.get(named);
    if (found === undefined) {
      const where = plain(`${named.name} ${named.code}`);
      known.set(named, (found = words.every((word) => where.includes(word))));
    }
    return found;
  };
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');
