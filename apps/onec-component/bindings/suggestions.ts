import type { BindingKey } from '../documents/binding-document.js';
import { likeness } from './likeness.js';

/** A binding with what it is known by; `course` 0 waits for one. */
export interface KnownBinding extends BindingKey {
  courseId: number;
  title: string;
  /** Field, profile, mode, site and level of the curriculum; null: its year or one of them is not known. */
  programme: string | null;
  year: number | null;
}

/** Why a course is suggested. `curricula`: how many others have it bound so. */
export type Why =
  | { reason: 'earlier-year'; curriculum: string; year: number }
  | { reason: 'same-discipline'; curricula: number; sameSemester: boolean }
  | { reason: 'similar-title'; title: string; likeness: number; curricula: number; sameSemester: boolean };

export interface Suggestion {
  courseId: number;
  why: Why;
}

export interface SuggestionsOfLine extends BindingKey {
  suggestions: Suggestion[];
}

/** Titles less like than this are other disciplines. Of 100. */
const likeEnough = 80;
const atMost = 3;

/**
 * For each empty binding the courses that others have for it, the surest first: last year's curriculum of the same
 * programme, the same discipline elsewhere, a discipline of a similar title.
 */
export function suggest(empty: readonly KnownBinding[], bound: readonly KnownBinding[]): SuggestionsOfLine[] {
  const byDiscipline = grouped(bound, disciplineOf);
  const byTitle = grouped(bound, (one) => one.title);
  const similar = new Map<string, { title: string; likeness: number }[]>();
  const titles = new Stems([...byTitle.keys()]);
  return empty.flatMap((line) => {
    const same = byDiscipline.get(disciplineOf(line)) ?? [];
    const found = [...ofEarlierYear(line, same), ...ofSameDiscipline(line, same)];
    if (found.length === 0) {
      let near = similar.get(line.title);
      if (!near) similar.set(line.title, (near = titles.near(line.title)));
      found.push(...near.flatMap((one) => ofSimilarTitle(line, one, byTitle.get(one.title) ?? [])));
    }
    const suggestions = found.filter(
      (one, index) => found.findIndex((other) => other.courseId === one.courseId) === index,
    );
    const { curriculum, department, disciplineKind, discipline, semester } = line;
    const key = { curriculum, department, disciplineKind, discipline, semester };
    return suggestions.length === 0 ? [] : [{ ...key, suggestions: suggestions.slice(0, atMost) }];
  });
}

const disciplineOf = ({ disciplineKind, discipline }: BindingKey): string => `${disciplineKind} ${discipline}`;

/** The same semester of the same programme, of the latest year before this one. */
function ofEarlierYear(line: KnownBinding, same: readonly KnownBinding[]): Suggestion[] {
  const { programme, year } = line;
  if (programme === null || year === null) return [];
  const earlier = same.filter(
    (one) => one.programme === programme && one.semester === line.semester && one.year !== null && one.year < year,
  );
  const latest = earlier.reduce<KnownBinding | undefined>(
    (best, one) => (best === undefined || (one.year as number) > (best.year as number) ? one : best),
    undefined,
  );
  if (!latest) return [];
  const why: Why = { reason: 'earlier-year', curriculum: latest.curriculum, year: latest.year as number };
  return [{ courseId: latest.courseId, why }];
}

function ofSameDiscipline(line: KnownBinding, same: readonly KnownBinding[]): Suggestion[] {
  return byUse(line, same).map(({ courseId, ...use }) => ({ courseId, why: { reason: 'same-discipline', ...use } }));
}

function ofSimilarTitle(
  line: KnownBinding,
  near: { title: string; likeness: number },
  bound: readonly KnownBinding[],
): Suggestion[] {
  return byUse(line, bound).map(({ courseId, ...use }) => ({
    courseId,
    why: { reason: 'similar-title', ...near, ...use },
  }));
}

/** Their courses: those of the same semester first, then the most used. */
function byUse(line: KnownBinding, bound: readonly KnownBinding[]) {
  const uses = new Map<string, { courseId: number; curricula: number; sameSemester: boolean }>();
  for (const { courseId, semester } of bound) {
    const sameSemester = semester === line.semester;
    const use = uses.get(`${courseId} ${sameSemester}`);
    if (use) use.curricula++;
    else uses.set(`${courseId} ${sameSemester}`, { courseId, curricula: 1, sameSemester });
  }
  return [...uses.values()].sort(
    (a, b) => Number(b.sameSemester) - Number(a.sameSemester) || b.curricula - a.curricula || a.courseId - b.courseId,
  );
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Titles by the beginnings of their words: only those with one in common are compared letter by letter. */
class Stems {
  private readonly titles = new Map<string, Set<string>>();

  constructor(titles: readonly string[]) {
    for (const title of titles)
      for (const stem of stemsOf(title)) {
        const known = this.titles.get(stem);
        if (known) known.add(title);
        else this.titles.set(stem, new Set([title]));
      }
  }

  near(title: string): { title: string; likeness: number }[] {
    const candidates = new Set(stemsOf(title).flatMap((stem) => [...(this.titles.get(stem) ?? [])]));
    return [...candidates]
      .map((other) => ({ title: other, likeness: likeness(title, other) }))
      .filter((one) => one.likeness >= likeEnough)
      .sort((a, b) => b.likeness - a.likeness || (a.title < b.title ? -1 : 1))
      .slice(0, atMost);
  }
}

const stemsOf = (title: string): string[] =>
  [...title.toLowerCase().matchAll(/[\p{L}]{4,}/gu)].map(([word]) => word.slice(0, 5));
