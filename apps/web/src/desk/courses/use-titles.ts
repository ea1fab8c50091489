import { useEffect, useMemo } from 'react';
import { checkCourses } from './api.js';
import { CourseTitles } from './titles.js';

/** Titles of the courses of one configured system; of an ELS that no system has, the numbers stand alone. */
export function useCourseTitles(system: string | undefined): CourseTitles {
  return useMemo(
    () =>
      new CourseTitles(async (ids) => {
        if (system === undefined) return new Map();
        const { courses } = await checkCourses(system, ids);
        return new Map(courses.map(({ id, fullname }) => [id, fullname]));
      }),
    [system],
  );
}

/** What is seen is asked for. */
export function useTitle(titles: CourseTitles, course: number): void {
  useEffect(() => titles.want(course), [titles, course]);
}
