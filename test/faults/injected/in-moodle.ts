import type { DeadKind } from '#contracts';
import type { FaultRule } from '../../../sandbox/moodle/switches/faults.js';
import { Random } from '../../../sandbox/onec/university/random.js';
import type { RunningUniversity } from '../../harness/running-university.js';
import { whatShouldStand } from '../../harness/compare.js';

/** How many students of a system suffer from each. */
export interface Measure {
  names: number;
  held: number;
  unexplained: number;
  temporary: number;
}

/** What was put wrong on purpose in one system, and what should stand there all the same. */
export interface Injected {
  /** Code -> kind of the failure that must be named. */
  failures: Map<string, DeadKind>;
  stands: Map<string, unknown>;
  /** Students whose data 1C itself finds faulty. */
  flaggedBy1C: Set<string>;
  /** Accounts in the way, by id. */
  inTheWay: number[];
  courses: { withoutManual: number; deleted: number };
  /** Calls that this Moodle refuses, whatever else it meets. */
  rules: FaultRule[];
}

type Stands = Map<string, { courses: number[] }>;

/** What is wrong before any Moodle is asked: by code, the same in every system. */
export interface InjectedIntoOneC {
  /** Names that no Moodle takes. */
  badNames: Set<string>;
  /** 1C's answer holds this student twice, with two surnames. */
  contradicting: string;
}

/** Students, taken one after the other by chance, nobody twice. */
function shuffled(codes: Iterable<string>, random: Random): () => string {
  const left = [...codes];
  return () => {
    if (left.length === 0) throw new Error('too few students for so many failures');
    return left.splice(random.whole(0, left.length - 1), 1)[0]!;
  };
}

/**
 * In the Moodle of one system, before it is asked for anything.
 * @param crashed the student whose message has killed its consumers
 */
export function injectIntoMoodle(
  running: RunningUniversity,
  index: number,
  { badNames, contradicting }: InjectedIntoOneC,
  crashed: string,
  measure: Measure,
  seed: number,
): Injected {
  const { moodle, els } = running.systems[index]!;
  const random = new Random(seed + index);
  const expected = running.onec.expected(els);
  const stands = whatShouldStand(expected) as Stands;
  const failures = new Map<string, DeadKind>();
  const fail = (code: string, kind: DeadKind): void => {
    stands.delete(code);
    failures.set(code, kind);
  };
  for (const code of badNames) if (stands.has(code)) fail(code, 'student');
  fail(contradicting, 'contract');
  fail(crashed, 'crash');

  const next = shuffled(stands.keys(), random);
  const inTheWay: number[] = [];
  for (let number = 0; number < measure.held; number++) {
    const code = next();
    inTheWay.push(holdName(running, index, code, number % 2 === 0));
    fail(code, 'student');
  }
  const rules: FaultRule[] = [];
  const refuse = (kind: 'refused' | 'deadlock', named: DeadKind, count: number): void => {
    for (let number = 0; number < count; number++) {
      const code = next();
      rules.push({ kind, functions: ['core_user_create_users'], holding: code });
      fail(code, named);
    }
  };
  refuse('refused', 'unexplained', measure.unexplained);
  refuse('deadlock', 'temporary', measure.temporary);
  moodle.switches.faults = rules;

  const nextCourse = shuffled([...new Set([...stands.values()].flatMap(({ courses }) => courses))].map(String), random);
  const courses = { withoutManual: Number(nextCourse()), deleted: Number(nextCourse()) };
  const course = (id: number) => moodle.state.courses.get(id)!;
  moodle.state.courses.update(course(courses.withoutManual), { manual: false });
  moodle.state.courses.remove(course(courses.deleted));
  const broken = Object.values(courses);
  for (const [code, entry] of stands) {
    if (!entry.courses.some((id) => broken.includes(id))) continue;
    entry.courses = entry.courses.filter((id) => !broken.includes(id));
    failures.set(code, 'course');
  }
  const flaggedBy1C = new Set([...expected].filter(([, student]) => student.kind === 'fault').map(([code]) => code));
  return { failures, stands, flaggedBy1C, inTheWay, courses, rules };
}

/** Another's account has the student's username, or the address. @returns its id */
function holdName(running: RunningUniversity, index: number, code: string, byUsername: boolean): number {
  return running.systems[index]!.moodle.state.users.insert({
    username: byUsername ? code : `other-${code}`,
    firstname: 'Another',
    lastname: 'Human',
    email: byUsername ? `another-${code}@example.org` : `${code}@students.invalid`,
    idnumber: `staff-${code}`,
  }).id;
}

/** Everyone of whom 1C must hear something. */
export const everyone = ({ stands, failures, flaggedBy1C }: Injected): Set<string> =>
  new Set([...stands.keys(), ...failures.keys(), ...flaggedBy1C]);

/** Kinds by code, as the console should know them. */
export const failuresToBeFound = ({ failures, flaggedBy1C }: Injected): Map<string, DeadKind> =>
  new Map<string, DeadKind>([...failures, ...[...flaggedBy1C].map((code): [string, DeadKind] => [code, 'student'])]);
