import { both, SynchronizationError } from '#contracts';
import type { FoundTrouble } from '#persistence';

/** Why the file is older than what it should tell. */
export function notWritten(path: string, error: unknown): FoundTrouble {
  if (error instanceof SynchronizationError) {
    const { reason, cure } = error.failure;
    return { about: '', what: reason, mend: cure ?? both('См. журнал course-enroller', "See course-enroller's log") };
  }
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  return {
    about: '',
    what: both(
      `Файл для Moodle не записан: ${path} (${code}). Изменения ждут`,
      `The file for Moodle is not written: ${path} (${code}). Changes wait`,
    ),
    mend: both(
      'Проверьте, что папка файла есть, в неё можно писать и на диске есть место: запись повторится сама',
      'See that its folder is there, may be written to, and that the disk has room: it is tried again by itself',
    ),
  };
}

/** Courses that had a line in the table when their students were enrolled, and have none now. */
export const leftOut = (courses: readonly number[]): FoundTrouble => {
  const list = courses.slice(0, 10).join(', ');
  return {
    about: '',
    what: both(
      `В файле для Moodle нет курсов, исчезнувших из таблицы курсов (${courses.length}): ${list}`,
      `The file for Moodle leaves out courses that are gone from the table of courses (${courses.length}): ${list}`,
    ),
    mend: both(
      'Верните их строки в imsFile.coursesFile: файл перепишется сам',
      'Put their lines back into imsFile.coursesFile: the file is written anew by itself',
    ),
  };
};
