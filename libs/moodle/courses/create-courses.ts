import { z } from 'zod';
import { both, type Failure } from '#contracts';
import { plainText } from '../plain-text.js';
import { refused } from '../failures/of-the-site.js';
import type { Caller } from '../transport/caller.js';
import type { NewCourse, Settled } from '../types.js';
import { settleEach } from './settle-each.js';

/** Columns `course.fullname` and `course.shortname`. */
const nameLength = 254;

const named = (name: string, instead: string): string =>
  [...(plainText(name).trim() || instead)].slice(0, nameLength).join('');

/** One call at a time: neither short name nor ID number is unique in the database. */
export const createCourses = (caller: Caller, courses: readonly NewCourse[]): Promise<Settled<{ id: number }>[]> =>
  settleEach(caller, courses, {
    name: 'core_course_create_courses',
    list: 'courses',
    form: ({ idnumber, shortname, fullname, categoryId }) => ({
      fullname: named(fullname, idnumber),
      shortname: named(shortname, idnumber),
      categoryid: categoryId,
      idnumber,
      visible: false,
    }),
    keys: () => ['courses'],
    answer: z.array(z.looseObject({ id: z.int() })),
    results: (_, made) => made.map(({ id }) => ({ id })),
    explain: async ({ idnumber, shortname, categoryId }, { errorcode }): Promise<Failure> => {
      if (errorcode === 'shortnametaken') return shortnameTaken(idnumber, shortname);
      return errorcode === 'errorcatcontextnotvalid' ? categoryMissing(categoryId) : refused(errorcode);
    },
  });

const shortnameTaken = (idnumber: string, shortname: string): Failure => ({
  kind: 'course',
  cause: 'course-shortname-taken',
  about: idnumber,
  reason: both(
    `Курс с идентификатором «${idnumber}» нельзя создать: краткое название «${shortname}» уже у другого курса`,
    `A course with idnumber "${idnumber}" cannot be made: another course has the short name "${shortname}"`,
  ),
  cure: both(
    'Если это тот же курс, впишите ему этот ID курса в настройках; иначе переименуйте один из них. Затем повторите сообщение',
    'If it is the same course, set this course ID number in its settings; else rename one of them. Then replay the message',
  ),
});

export const categoryMissing = (id: number): Failure => ({
  kind: 'configuration',
  cause: 'course-category-missing',
  about: String(id),
  reason: both(
    `Категории курсов ${id} нет в Moodle, или она скрыта от сервисной учётной записи`,
    `There is no course category ${id} in Moodle, or it is hidden from the service account`,
  ),
  cure: both(
    'Впишите в enrolment.newCourseCategory номер существующей категории (в Moodle: Курсы и категории, адрес страницы категории)',
    "Set enrolment.newCourseCategory to the number of a category that is there (in Moodle: Manage courses and categories, the address of the category's page)",
  ),
});
