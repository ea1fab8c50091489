import { readFileSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { both, failed } from '#contracts';
import { isWritable } from '#ims-enterprise';
import { textOfFile } from '#platform';

/** The idnumber of a course's number; undefined: the table does not have it. */
export type IdnumberOf = (courseId: number) => string | undefined;

/** Longest idnumber of a course in Moodle. */
const widest = 100;

/** The first that stands in the text: spreadsheets export with a semicolon or a tab as well. */
const separatorOf = (text: string): string => /[,;\t]/.exec(text)?.[0] ?? ',';

/**
 * Lines of a course's number and its idnumber, as CSV has them. Headings in the first line, empty lines and what begins
 * with # are passed over.
 * @returns the numbers of lines that are not so, too
 */
export function coursesOf(text: string): { courses: Map<number, string>; faulty: number[] } {
  const courses = new Map<number, string>();
  const faulty: number[] = [];
  const rows = parse(text, {
    ...{ delimiter: separatorOf(text), comment: '#', comment_no_infix: true, trim: true, skip_empty_lines: true },
    ...{ relax_column_count: true, relax_quotes: true, info: true },
  }) as unknown as { record: string[]; info: { lines: number } }[];
  rows.forEach(({ record: [number = '', idnumber = ''], info: { lines } }, index) => {
    const course = /^\d{1,15}$/.test(number) ? Number(number) : undefined;
    const isSound = idnumber !== '' && idnumber.length <= widest && isWritable(idnumber);
    if (course !== undefined && isSound && (courses.get(course) ?? idnumber) === idnumber)
      courses.set(course, idnumber);
    else if (course !== undefined || index > 0) faulty.push(lines);
  });
  return { courses, faulty };
}

const inFile = (path: string, ru: string, en: string, error?: unknown) =>
  failed(
    'configuration',
    'courses-file',
    both(`Таблица курсов ${path}: ${ru}`, `The table of courses ${path}: ${en}`),
    {
      cure: both(
        'Исправьте файл imsFile.coursesFile (строка: номер курса, запятая, ID курса) или права на него: он читается заново сам',
        "Mend the file imsFile.coursesFile (a line: course's number, comma, its ID number) or its rights: it is read anew by itself",
      ),
      error,
    },
  );

/** The table of a system's courses, read anew whenever its file has changed. Without a file the number is the idnumber. */
export class CoursesFile {
  private known: { version: string; courses: Map<number, string> } = { version: '', courses: new Map() };

  constructor(private readonly path: string | undefined) {}

  /** @throws SynchronizationError (configuration) where the file cannot be read, or a line of it is not understood */
  read(): { version: string; idnumberOf: IdnumberOf } {
    if (this.path === undefined) return { version: '', idnumberOf: String };
    const { path } = this;
    let version: string;
    try {
      const { mtimeMs, size } = statSync(path);
      version = `${mtimeMs} ${size}`;
      if (version !== this.known.version) this.known = { version, courses: this.parsed(readFileSync(path)) };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined) throw error;
      throw inFile(path, `не читается (${code})`, `cannot be read (${code})`, error);
    }
    const { courses } = this.known;
    return { version, idnumberOf: (courseId) => courses.get(courseId) };
  }

  private parsed(bytes: Buffer): Map<number, string> {
    const read = textOfFile(bytes);
    if ('what' in read) throw inFile(this.path!, read.what.ru, read.what.en);
    const { courses, faulty } = coursesOf(read.text);
    if (faulty.length === 0) return courses;
    const lines = faulty.slice(0, 5).join(', ');
    throw inFile(this.path!, `не понята строка ${lines}`, `a line is not understood: ${lines}`);
  }
}
