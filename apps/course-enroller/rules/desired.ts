import type { Course, Failure } from '#contracts';
import { bindingKey, type Binding, type Bindings, type Study } from '../intake/study.js';

/** One course that an account is to be enrolled in. */
export interface Wanted {
  courseId: number;
  /** Role shortnames, sorted. */
  roles: string[];
  /** Unix seconds, 0: none; absent: not known. */
  begin?: number;
  end?: number;
  /** Name of the group inside the course. */
  group?: string;
  /** The group was named for this very course: it is for whoever is in none of the course's groups. */
  groupGiven?: true;
  /** Codes of the studies that want it. */
  codes: string[];
}

export interface Desired {
  courses: Map<number, Wanted>;
  /** Courses named by an idnumber that Moodle does not know. */
  unknown: { code: string; idnumber: string; failure: Failure }[];
}

/** The course of an idnumber: its number, or why there is none. */
export type FindCourse = (idnumber: string) => number | Failure;

const newerBinding = (study: Study, bindings: Bindings): Binding | undefined => {
  if (study.origin !== 'onec' || study.bindingSequence === undefined) return undefined;
  if (study.curriculum === undefined || study.semester === undefined) return undefined;
  const binding = bindings.get(bindingKey({ curriculum: study.curriculum, semester: study.semester }));
  return binding && binding.sequence > study.bindingSequence ? binding : undefined;
};

/**
 * What one study wants: its own courses, unless a binding change is newer than their reading. Then the binding's set
 * counts, and the study's own word only for role and dates. Without a binding sequence (a foreign 1C, IMS files) there
 * are no binding changes, and the study's own courses are all there is.
 */
export function coursesOf(study: Study, bindings: Bindings, defaultRole: string): Course[] {
  if (!study.active) return [];
  const binding = newerBinding(study, bindings);
  if (!binding) return study.origin === 'ims' ? study.courses.map(withTimes) : study.courses;
  return [...new Set(binding.courses)].flatMap((id) => {
    const own = study.courses.filter((course) => course.id === id);
    return own.length > 0 ? own : [{ id, role: defaultRole }];
  });
}

/** A file says all there is: a day that it does not tell is none. 1C tells no days, and takes none back. */
const withTimes = (course: Course): Course => ({ ...course, begin: course.begin ?? 0, end: course.end ?? 0 });

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const least = (a?: number, b?: number) => (a === undefined ? b : b === undefined ? a : Math.min(a, b));
/** An end of 0 never comes. */
const latest = (a?: number, b?: number) =>
  a === undefined ? b : b === undefined ? a : a === 0 || b === 0 ? 0 : Math.max(a, b);

/**
 * The union over an account's studies. A course wanted twice is one enrolment, for Moodle keeps one: with all roles that
 * are asked for, open as long as any of them asks, in the group of the first by study code and role (never by order of
 * arrival, so that repetition changes nothing).
 */
export function desiredOf(
  studies: readonly Study[],
  bindings: Bindings,
  defaultRole: string,
  find: FindCourse,
): Desired {
  const asked = studies
    .flatMap((study) => coursesOf(study, bindings, defaultRole).map((course) => ({ code: study.code, study, course })))
    .sort((a, b) => compare(a.code, b.code) || compare(a.course.role, b.course.role));
  const desired: Desired = { courses: new Map(), unknown: [] };
  for (const { code, study, course } of asked) {
    const courseId = course.id ?? find(course.idnumber!);
    if (typeof courseId !== 'number') {
      desired.unknown.push({ code, idnumber: course.idnumber!, failure: courseId });
      continue;
    }
    const known = desired.courses.get(courseId) ?? { courseId, roles: [], codes: [] };
    desired.courses.set(courseId, united(known, code, study, course));
  }
  return desired;
}

function united(wanted: Wanted, code: string, study: Study, course: Course): Wanted {
  const { courseId, roles, begin, end, group, groupGiven, codes } = wanted;
  const given = course.group !== undefined;
  const isFirstGroup = group === undefined || (given && !groupGiven);
  return {
    courseId,
    roles: [...new Set([...roles, course.role])].sort(compare),
    begin: least(begin, course.begin),
    end: latest(end, course.end),
    group: isFirstGroup ? (course.group ?? (study.group || undefined)) : group,
    ...((given || groupGiven) && { groupGiven: true }),
    codes: codes.includes(code) ? codes : [...codes, code],
  };
}
