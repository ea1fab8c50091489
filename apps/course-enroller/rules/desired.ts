import type { Course } from '#contracts';
import { bindingKey, type Binding, type Bindings, type Study } from '../intake/study.js';

/** One course that an account is to be enrolled in. */
export interface Wanted {
  courseId: number;
  /** Role shortname. */
  role: string;
  /** Unix seconds; absent: not known. */
  begin?: number;
  end?: number;
  /** Name of the group inside the course. */
  group?: string;
  /** Codes of the studies that want it. */
  codes: string[];
}

export interface Desired {
  courses: Map<number, Wanted>;
  /** Courses named by an idnumber that Moodle does not know. */
  unknown: { code: string; course: Course & { idnumber: string } }[];
}

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
  if (!binding) return study.courses;
  return [...new Set(binding.courses)].flatMap((id) => {
    const own = study.courses.filter((course) => course.id === id);
    return own.length > 0 ? own : [{ id, role: defaultRole }];
  });
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const least = (a?: number, b?: number) => (a === undefined ? b : b === undefined ? a : Math.min(a, b));
const greatest = (a?: number, b?: number) => (a === undefined ? b : b === undefined ? a : Math.max(a, b));

/**
 * The union over an account's studies. A course wanted twice is one enrolment: the role and group of the first by study
 * code and role (never by order of arrival, so that repetition changes nothing), open as long as any of them asks.
 */
export function desiredOf(
  studies: readonly Study[],
  bindings: Bindings,
  defaultRole: string,
  idOf: (idnumber: string) => number | undefined,
): Desired {
  const asked = studies
    .flatMap((study) => coursesOf(study, bindings, defaultRole).map((course) => ({ code: study.code, study, course })))
    .sort((a, b) => compare(a.code, b.code) || compare(a.course.role, b.course.role));
  const desired: Desired = { courses: new Map(), unknown: [] };
  for (const { code, study, course } of asked) {
    const courseId = course.id ?? idOf(course.idnumber!);
    if (courseId === undefined) {
      desired.unknown.push({ code, course: course as Course & { idnumber: string } });
      continue;
    }
    const group = course.group ?? (study.group || undefined);
    const known = desired.courses.get(courseId);
    if (!known) {
      const { role, begin, end } = course;
      desired.courses.set(courseId, { courseId, role, begin, end, group, codes: [code] });
      continue;
    }
    known.begin = least(known.begin, course.begin);
    known.end = greatest(known.end, course.end);
    known.group ??= group;
    if (!known.codes.includes(code)) known.codes.push(code);
  }
  return desired;
}
