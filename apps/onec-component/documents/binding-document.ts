import { both } from '#contracts';
import type { DisciplineKind } from '../ledger/entities/mirror/disciplines.js';
import type { Fault } from '../refusal.js';

/** What a line binds, within one system. */
export interface BindingKey {
  curriculum: string;
  department: string;
  disciplineKind: DisciplineKind;
  discipline: string;
  semester: number;
}

/** What the register held when the line was shown. */
export interface Shown {
  course: number;
  period: string;
}

/** A row of the tabular part. `system` is a system's code; 0 as course is an empty binding. */
export interface BindingLine extends BindingKey {
  system: string;
  courseId: number;
  change: boolean;
  several: boolean;
  shown?: Shown | null;
}

export interface BindingDocument {
  id: string;
  number: string;
  /** Infobase date: the period of the records. */
  date: string;
  author: string;
  lines: BindingLine[];
}

/** The largest identifier that the register can hold; Moodle's own are below it. */
export const largestCourse = 2_147_483_647;

const dimensions = (line: BindingLine): string =>
  JSON.stringify([line.system, line.curriculum, line.semester, line.disciplineKind, line.discipline, line.department]);

/**
 * Why a document cannot be posted, by its own content: rows with equal dimensions would share a key of the register,
 * and a date to come would bring its bindings to life unannounced.
 */
export function faultsOfDocument(document: BindingDocument, now: string, systems: ReadonlySet<string>): Fault[] {
  const { date, lines } = document;
  if (date > now)
    return [{ text: both(`Дата документа ${date} ещё не наступила`, `The document's date ${date} is still to come`) }];
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (!line.change) continue;
    const number = index + 1;
    const found = (ru: string, en: string): unknown => faults.push({ line: number, text: both(ru, en) });
    if (!systems.has(line.system))
      found(`В строке ${number} указана неизвестная ЭОС`, `Line ${number} names an unknown ELS`);
    if (!Number.isInteger(line.courseId) || line.courseId < 0 || line.courseId > largestCourse)
      found(
        `В строке ${number} идентификатор курса должен быть целым неотрицательным числом не больше ${largestCourse}`,
        `In line ${number} the course identifier must be a whole number from 0 to ${largestCourse}`,
      );
    const same = seen.get(dimensions(line));
    if (same !== undefined)
      found(
        `Запись с такими ключевыми полями существует! Строки ${same} и ${number}`,
        `A record with these key fields exists! Lines ${same} and ${number}`,
      );
    seen.set(dimensions(line), number);
  }
  return faults;
}
