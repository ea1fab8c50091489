import { clean } from '../protocol/cleaning.js';
import { invalidParameter, MoodleError, moodleError, phpError } from '../protocol/errors.js';
import { bool, int, list, optional, structure, text, withDefault } from '../protocol/parameters.js';
import { type CallOptions, type Site, webServiceFunction } from '../site.js';
import { type Course, siteCourseId } from '../store/courses.js';

/** Managers see more: the idnumber comes only with the right to change the course. */
function courseInfo(site: Site, course: Course, call: CallOptions): Record<string, unknown> {
  return {
    id: course.id,
    fullname: site.print(course.fullname, call),
    displayname: site.print(course.fullname, call),
    shortname: site.print(course.shortname, call),
    categoryid: course.categoryid,
    categoryname: site.state.courses.categories.get(course.categoryid)?.name ?? '',
    sortorder: 10000 + course.id,
    summary: '',
    summaryformat: 1,
    contacts: [],
    enrollmentmethods: course.manual && site.switches.manualPlugin ? ['manual'] : [],
    ...(site.can('moodle/course:view')
      ? {
          format: 'topics',
          startdate: course.startdate,
          enddate: course.enddate,
          visible: course.visible ? 1 : 0,
          groupmode: 0,
          lang: '',
        }
      : {}),
    ...(site.can('moodle/course:update')
      ? { idnumber: course.idnumber, timecreated: course.timecreated, timemodified: course.timecreated }
      : {}),
  };
}

const mayFind = (site: Site, course: Course): boolean =>
  course.visible || site.can('moodle/course:viewhiddencourses') || site.can('moodle/course:update');

export const getCoursesByField = webServiceFunction(
  'core_course_get_courses_by_field',
  structure({ field: withDefault(text('alpha'), ''), value: withDefault(text('raw'), '') }),
  (site, { field, value }, call) => {
    const found = coursesBy(site, field, value).filter((course) => mayFind(site, course));
    return { courses: found.map((course) => courseInfo(site, course, call)), warnings: [] };
  },
);

function coursesBy(site: Site, field: string, value: string): Course[] {
  const { courses } = site.state;
  const some = (course: Course | undefined) => (course ? [course] : []);
  switch (field) {
    case '':
      return [...courses.all()];
    case 'id':
      return some(courses.get(Number.parseInt(value, 10)));
    case 'ids': {
      const ids = value.split(',').map((id) => Number.parseInt(id, 10));
      // Moodle 4.5 crashes over an id that is not there.
      if (ids.some((id) => !courses.get(id))) throw phpError('Attempt to assign property "contextvalidated" on null');
      return [...new Set(ids)].flatMap((id) => some(courses.get(id)));
    }
    case 'shortname':
      return some(courses.withShortname(clean('text', value, site.switches)));
    case 'idnumber':
      return value === ''
        ? [...courses.all()].filter((course) => course.idnumber === '')
        : some(courses.withIdnumber(value));
    case 'category':
      return [...courses.all()].filter((course) => course.categoryid === Number.parseInt(value, 10));
    case 'sectionid':
      if (site.switches.version !== '4.1') return [];
  }
  throw invalidParameter('Invalid field name');
}

export const getCourses = webServiceFunction(
  'core_course_get_courses',
  structure({ options: withDefault(structure({ ids: optional(list(int)) }), { ids: undefined }) }),
  (site, { options }, call) => {
    const ids = options.ids ?? [...site.state.courses.all()].map((course) => course.id);
    const wanted = ids.flatMap((id) => site.state.courses.get(id) ?? []);
    return wanted.map((course) => courseInfo(site, site.enterCourseWrapped(course.id), call));
  },
);

/** Words of names, ID number and summary, as Moodle's own search page takes them. */
export const searchCourses = webServiceFunction(
  'core_course_search_courses',
  structure({
    criterianame: text('alpha'),
    criteriavalue: text('raw'),
    page: withDefault(int, 0),
    perpage: withDefault(int, 0),
  }),
  (site, { criterianame, criteriavalue, page, perpage }, call) => {
    if (criterianame !== 'search') throw invalidParameter('Invalid criteria name');
    const words = criteriavalue.toLowerCase().split(/\s+/).filter(Boolean);
    const found = [...site.state.courses.all()].filter(({ id, fullname, shortname, idnumber }) => {
      const all = `${fullname} ${shortname} ${idnumber}`.toLowerCase();
      return id !== siteCourseId && words.every((word) => all.includes(word));
    });
    const seen = found.filter((course) => mayFind(site, course));
    const shown = perpage > 0 ? seen.slice(page * perpage, (page + 1) * perpage) : seen;
    return { total: seen.length, courses: shown.map((course) => courseInfo(site, course, call)), warnings: [] };
  },
);

const courseFields = {
  idnumber: optional(text('raw')),
  summary: optional(text('raw')),
  summaryformat: optional(int),
  format: optional(text('plugin')),
  visible: optional(bool),
  startdate: optional(int),
  enddate: optional(int),
  numsections: optional(int),
  groupmode: optional(int),
  lang: optional(text('raw')),
};

export const createCourses = webServiceFunction(
  'core_course_create_courses',
  structure({
    courses: list(structure({ ...courseFields, fullname: text('text'), shortname: text('text'), categoryid: int })),
  }),
  (site, { courses }) =>
    site.state.transactions.run(() =>
      courses.map((wanted) => {
        enterCategory(site, wanted.categoryid);
        site.require('moodle/course:create');
        refuseTaken(site, wanted.shortname, wanted.idnumber, undefined);
        const course = site.state.courses.insert({
          shortname: wanted.shortname,
          fullname: wanted.fullname,
          categoryid: wanted.categoryid,
          idnumber: wanted.idnumber ?? '',
          visible: site.can('moodle/course:visibility') ? (wanted.visible ?? true) : true,
          startdate: wanted.startdate ?? 0,
          enddate: wanted.enddate ?? 0,
        });
        return { id: course.id, shortname: course.shortname };
      }),
    ),
);

function enterCategory(site: Site, categoryid: number): void {
  if (site.state.courses.categories.has(categoryid)) return;
  throw moodleError(
    'errorcatcontextnotvalid',
    `You cannot execute functions in the category context (category id:${categoryid}). The context error message was: Invalid parameter value detected`,
  );
}

function refuseTaken(site: Site, shortname: string | undefined, idnumber: string | undefined, own: number | undefined) {
  const { courses } = site.state;
  const other = (course: Course | undefined) => course !== undefined && course.id !== own;
  if (shortname !== undefined && other(courses.withShortname(shortname))) {
    throw moodleError('shortnametaken', `Short name is already used for another course (${shortname})`);
  }
  if (idnumber && other(courses.withIdnumber(idnumber))) {
    throw moodleError('courseidnumbertaken', `ID number is already used for another course (${idnumber})`);
  }
}

export const updateCourses = webServiceFunction(
  'core_course_update_courses',
  structure({
    courses: list(
      structure({
        ...courseFields,
        id: int,
        fullname: optional(text('text')),
        shortname: optional(text('text')),
        categoryid: optional(int),
      }),
    ),
  }),
  (site, { courses }) => {
    const warnings: object[] = [];
    for (const { id, fullname, shortname, idnumber, categoryid, visible, startdate, enddate } of courses) {
      try {
        const course = site.enterCourse(id);
        if (id === siteCourseId) throw invalidParameter('The site course cannot be changed');
        site.require('moodle/course:update');
        if (categoryid !== undefined) enterCategory(site, categoryid);
        refuseTaken(site, shortname, idnumber, id);
        const given = { fullname, shortname, idnumber, categoryid, visible, startdate, enddate };
        const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        site.state.courses.update(course, changes);
      } catch (error) {
        if (!(error instanceof MoodleError)) throw error;
        warnings.push({ item: 'course', itemid: id, warningcode: error.errorcode ?? '', message: error.message });
      }
    }
    return { warnings };
  },
);
