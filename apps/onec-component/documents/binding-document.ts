import type { DisciplineKind } from '../ledger/entities/mirror/disciplines.js';

/** A row of the tabular part. `system` is a system's code; 0 as course is an empty binding. */
export interface BindingLine {
  curriculum: string;
  department: string;
  disciplineKind: DisciplineKind;
  discipline: string;
  semester: number;
  system: string;
  courseId: number;
  change: boolean;
  several: boolean;
}

export interface BindingDocument {
  id: string;
  number: string;
  /** Infobase date: the period of the records. */
  date: string;
  author: string;
  lines: BindingLine[];
}

/** The document cannot be posted as it is; the text says why, for the person who posts it. */
export class PostingError extends Error {
  override name = 'PostingError';
}

const dimensions = (line: BindingLine): string =>
  JSON.stringify([line.system, line.curriculum, line.semester, line.disciplineKind, line.discipline, line.department]);

/**
 * Why a document cannot be posted, by its own content: rows with equal dimensions would share a key of the register,
 * and a date to come would bring its bindings to life unannounced.
 */
export function faultOfDocument(
  document: BindingDocument,
  now: string,
  systems: ReadonlySet<string>,
): string | undefined {
  if (document.date > now) return `Дата документа ${document.date} ещё не наступила`;
  const seen = new Map<string, number>();
  for (const [index, line] of document.lines.entries()) {
    if (!line.change) continue;
    const number = index + 1;
    if (!systems.has(line.system)) return `В строке ${number} указана неизвестная ЭОС`;
    if (!Number.isInteger(line.courseId) || line.courseId < 0)
      return `В строке ${number} идентификатор курса должен быть целым неотрицательным числом`;
    const same = seen.get(dimensions(line));
    if (same !== undefined) return `Запись с такими ключевыми полями существует! Строки ${same} и ${number}`;
    seen.set(dimensions(line), number);
  }
  return undefined;
}
