import type { Line } from '../form/sheet/lines.js';

/** A course that may be chosen: what it is called in Moodle where that is known, and what is bound to it already. */
export interface Course {
  id: number;
  title: string;
  shortname?: string;
  /** Disciplines that the table has it for. */
  disciplines: string[];
}

/** Named are so many of the disciplines. */
const named = 3;

/** The courses that the table has, with the disciplines they are bound to: known without Moodle, too. */
export function boundCourses(lines: readonly Line[], titleFor: (course: number) => string | undefined): Course[] {
  const byCourse = new Map<number, Set<string>>();
  for (const { course, discipline } of lines) {
    if (course === 0) continue;
    const names = byCourse.get(course);
    if (names) names.add(discipline.name);
    else byCourse.set(course, new Set([discipline.name]));
  }
  return [...byCourse]
    .map(([id, names]) => ({ id, title: titleFor(id) ?? '', disciplines: [...names].slice(0, named) }))
    .sort((one, other) => one.id - other.id);
}

/** Those that fit what is looked for: a number from its beginning, else every word somewhere in the names. */
export function fitting(courses: readonly Course[], text: string): Course[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (/^\d+$/.test(text.trim())) return courses.filter(({ id }) => String(id).startsWith(text.trim()));
  return courses.filter(({ title, shortname = '', disciplines }) => {
    const where = plain([title, shortname, ...disciplines].join(' '));
    return words.every((word) => where.includes(word));
  });
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');
