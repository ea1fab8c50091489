import { useEffect, useMemo } from 'react';
import { CourseTitles } from './titles.js';

/** Titles of the courses of one configured system. */
export function useCourseTitles(system: string | undefined): CourseTitles {
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => new CourseTitles(async () => new Map()), [system]);
}

/** What is seen is asked for. */
export function useTitle(titles: CourseTitles, course: number): void {
  useEffect(() => titles.want(course), [titles, course]);
}
