import type { Expected } from '../../../sandbox/onec/university/expected.js';
import type { University } from '../../../sandbox/onec/university/university.js';
import type { SandboxMoodle } from '../../../sandbox/moodle/server.js';
import type { User } from '../../../sandbox/moodle/store/users.js';

/** How a system is set, as far as the end state depends on it. */
export interface Settings {
  per: 'student' | 'individual';
  removal: 'keep' | 'suspend';
  grouping: 'none' | 'group' | 'cohort';
}

/** All that was ever true of one system's students: the toolkit may have seen any of it. */
export class History {
  /** Code -> human. */
  readonly individuals = new Map<string, string>();
  /** Code -> every course it was ever to be in. */
  readonly courses = new Map<string, Set<number>>();
  /** `<person key> <course>`: enrolled by a teacher. */
  readonly byHand = new Set<string>();

  /** Code -> where it last studied, `<curriculum> <semester>`. */
  private readonly places = new Map<string, string>();

  add(expected: Map<string, Expected>): void {
    for (const [code, student] of expected) {
      if (student.kind !== 'student') continue;
      this.individuals.set(code, student.individual);
      this.places.set(code, `${student.curriculum} ${student.semester}`);
      const courses = this.courses.get(code) ?? new Set();
      for (const course of student.courses) courses.add(course);
      this.courses.set(code, courses);
    }
  }

  /**
   * 1C does not say that somebody has left: it is silent. So who has left gets what is bound to the last place later.
   * @param bound courses ever bound in this system, by `<curriculum> <semester>`
   */
  addThoseWhoLeft(expected: Map<string, Expected>, bound: ReadonlyMap<string, ReadonlySet<number>>): void {
    for (const [code, courses] of this.courses) {
      if (expected.get(code)?.kind === 'student') continue;
      for (const course of bound.get(this.places.get(code)!) ?? []) courses.add(course);
    }
  }
}

/** Courses ever bound in the system of this name, by `<curriculum> <semester>`. */
export function everBound({ toolkit }: University, els: string): Map<string, Set<number>> {
  const system = toolkit.systems.find(({ name }) => name === els)!.code;
  const bound = new Map<string, Set<number>>();
  for (const line of toolkit.documents.flatMap(({ lines }) => lines)) {
    if (line.system !== system || !line.change || line.courseId === 0) continue;
    const place = `${line.curriculum} ${line.semester}`;
    bound.set(place, (bound.get(place) ?? new Set()).add(line.courseId));
  }
  return bound;
}

type Student = Extract<Expected, { kind: 'student' }>;

/** What does not hold in this Moodle of what must hold once all is quiet; nothing where all is well. */
export function broken(
  moodle: SandboxMoodle,
  expected: Map<string, Expected>,
  history: History,
  settings: Settings,
): string[] {
  const complaints: string[] = [];
  const { state } = moodle;
  if (state.sharedUserCollisions > 0) complaints.push(`${state.sharedUserCollisions} collisions`);
  for (const key of state.users.duplicateIdnumbers()) complaints.push(`two accounts of ${key}`);

  const keyOf = (code: string) => (settings.per === 'student' ? code : history.individuals.get(code)!);
  const codesOf = new Map<string, string[]>();
  for (const code of history.individuals.keys()) codesOf.set(keyOf(code), [...(codesOf.get(keyOf(code)) ?? []), code]);
  const current = (code: string): Student | undefined => {
    const student = expected.get(code);
    return student?.kind === 'student' ? student : undefined;
  };
  for (const user of state.users.all())
    if (user.idnumber && !user.deleted && !codesOf.has(user.idnumber)) complaints.push(`a stranger: ${user.idnumber}`);

  for (const [key, codes] of codesOf) {
    const studies = codes.flatMap((code) => current(code) ?? []);
    const [user] = state.users.withIdnumber(key);
    if (!user) {
      if (studies.length > 0) complaints.push(`no account of ${key}`);
      continue;
    }
    const [any] = studies;
    if (any && (user.lastname !== any.lastname || user.firstname !== any.firstname))
      complaints.push(`${key} is called otherwise`);
    if (any && settings.per === 'student' && user.username !== key.toLowerCase())
      complaints.push(`${key} has another username: ${user.username}`);
    complaints.push(...coursesBroken({ moodle, user, key, studies, codes, current, history, settings }));
    if (studies.length === 1 && codes.length === 1) complaints.push(...groupsBroken(moodle, user, any!, settings));
  }
  return complaints;
}

interface Account {
  moodle: SandboxMoodle;
  user: User;
  key: string;
  studies: Student[];
  codes: string[];
  current(code: string): Student | undefined;
  history: History;
  settings: Settings;
}

/** Active in all that is wanted; and in nothing else but what a teacher did, or what the rules leave standing. */
function coursesBroken({ moodle, user, key, studies, codes, current, history, settings }: Account): string[] {
  const active = new Set(
    [...moodle.state.enrolments.ofUser(user.id)].filter(({ suspended }) => !suspended).map(({ courseid }) => courseid),
  );
  const wanted = new Set(studies.flatMap(({ courses }) => courses));
  const left = new Set(
    codes
      .filter((code) => settings.removal === 'keep' || !current(code))
      .flatMap((code) => [...(history.courses.get(code) ?? [])]),
  );
  const complaints: string[] = [];
  for (const course of wanted) if (!active.has(course)) complaints.push(`${key} is not in course ${course}`);
  for (const course of active)
    if (!wanted.has(course) && !left.has(course) && !history.byHand.has(`${key} ${course}`))
      complaints.push(`${key} is in course ${course} for no reason`);
  for (const place of history.byHand)
    if (place.startsWith(`${key} `) && !active.has(Number(place.slice(key.length + 1))))
      complaints.push(`${place}: a teacher's enrolment is gone`);
  return complaints;
}

function groupsBroken({ state }: SandboxMoodle, user: User, study: Student, { grouping }: Settings): string[] {
  if (grouping === 'cohort') {
    const names = [...state.cohorts.all()].filter(({ members }) => members.has(user.id)).map(({ name }) => name);
    return names.join() === study.group ? [] : [`${user.idnumber} is in cohorts ${names.join()}, not ${study.group}`];
  }
  if (grouping === 'none') return [];
  return study.courses.flatMap((course) => {
    const names = [...state.groups.inCourse(course)]
      .filter(({ members }) => members.has(user.id))
      .map(({ name }) => name);
    return names.join() === study.group
      ? []
      : [`${user.idnumber} is in groups ${names.join()} of course ${course}, not ${study.group}`];
  });
}
