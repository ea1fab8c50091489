import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../../api/client.js';
import type { components } from '../../api/schema.js';

type Bilingual = components['schemas']['Bilingual'];
export type CoursesChecked = Awaited<ReturnType<typeof checkCourses>>;

/** Numbers of one question. */
const atOnce = 1_000;

/** Courses of a Moodle by a piece of their names, or by number. */
export const searchQuery = (system: string | undefined, text: string) =>
  queryOptions({
    queryKey: ['courses', system, text],
    queryFn: () =>
      ask(api.GET('/api/systems/{system}/courses', { params: { path: { system: system ?? '' }, query: { text } } })),
    enabled: system !== undefined && text !== '',
    placeholderData: keepPreviousData,
    retry: false,
  });

/** What stands behind these numbers, where nobody can be enrolled, and why Moodle could not be asked. */
export async function checkCourses(system: string, ids: readonly number[]) {
  const answers = [];
  for (let begin = 0; begin < ids.length; begin += atOnce)
    answers.push(
      await ask(
        api.POST('/api/systems/{system}/courses/check', {
          params: { path: { system } },
          body: { ids: ids.slice(begin, begin + atOnce) },
        }),
      ),
    );
  const trouble: Bilingual | null = answers.find((answer) => answer.trouble)?.trouble ?? null;
  return {
    courses: answers.flatMap(({ courses }) => courses),
    failures: answers.flatMap(({ failures }) => failures),
    trouble,
  };
}
