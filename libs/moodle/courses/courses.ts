import { z } from 'zod';
import type { Failure } from '#contracts';
import { MoodleRefusal } from '../errors.js';
import { courseMissing, noManualEnrolment } from '../failures/of-courses.js';
import type { Caller } from '../transport/caller.js';
import type { MoodleCourse } from '../types.js';

const name = 'core_course_get_courses_by_field';

const courseSchema = z
  .looseObject({
    id: z.int(),
    shortname: z.string(),
    fullname: z.string(),
    idnumber: z.string().nullish(),
    categoryid: z.int(),
    visible: z.union([z.int(), z.boolean()]).nullish(),
    enrollmentmethods: z.array(z.string()).nullish(),
  })
  .transform(({ id, shortname, fullname, idnumber, categoryid, visible, enrollmentmethods }): MoodleCourse => ({
    ...{ id, shortname, fullname, categoryId: categoryid, visible: Boolean(visible ?? true) },
    ...(typeof idnumber === 'string' && { idnumber }),
    ...(enrollmentmethods && { enrolmentMethods: enrollmentmethods }),
  }));
const coursesSchema = z.object({ courses: z.array(courseSchema) });

const ask = async (caller: Caller, field: string, value: string): Promise<MoodleCourse[]> =>
  (await caller.call(name, { field, value }, coursesSchema)).courses;

export const courseById = async (caller: Caller, id: number): Promise<MoodleCourse | undefined> =>
  (await ask(caller, 'id', String(id)))[0];

/** All that the service account may see. */
export const allCourses = (caller: Caller): Promise<MoodleCourse[]> => ask(caller, '', '');

/** Words of name, short name, ID number or summary. */
export async function searchCourses(caller: Caller, text: string, limit: number): Promise<MoodleCourse[]> {
  const given = { criterianame: 'search', criteriavalue: text, page: 0, perpage: limit };
  return (await caller.call('core_course_search_courses', given, coursesSchema)).courses;
}

/** What stands behind these numbers, and why nobody can be enrolled to some of them. */
export async function coursesThatFail(
  caller: Caller,
  ids: readonly number[],
): Promise<{ courses: MoodleCourse[]; failures: (Failure & { id: number })[] }> {
  const wanted = [...new Set(ids)];
  const courses = await coursesById(caller, wanted);
  const byId = new Map(courses.map((course) => [course.id, course]));
  const failures = wanted.flatMap((id) => {
    const course = byId.get(id);
    if (!course) return [{ id, ...courseMissing(id) }];
    const manual = course.enrolmentMethods?.includes('manual') ?? true;
    return manual ? [] : [{ id, ...noManualEnrolment(id) }];
  });
  return { courses, failures };
}

/** Many at once crash when one of them is not there; then they are asked for one by one. */
export async function coursesById(caller: Caller, ids: readonly number[]): Promise<MoodleCourse[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  if (wanted.length > 1) {
    try {
      return await ask(caller, 'ids', wanted.join(','));
    } catch (error) {
      if (!(error instanceof MoodleRefusal)) throw error;
    }
  }
  return (await Promise.all(wanted.map((id) => courseById(caller, id)))).filter((course) => course !== undefined);
}

export async function coursesByIdnumber(caller: Caller, idnumbers: readonly string[]): Promise<MoodleCourse[]> {
  const wanted = [...new Set(idnumbers)].filter((idnumber) => idnumber !== '');
  const found = await Promise.all(
    // Without moodle/course:update the answer does not say what was asked for.
    wanted.map(async (idnumber) => (await ask(caller, 'idnumber', idnumber)).map((c) => ({ ...c, idnumber }))),
  );
  return found.flat();
}
