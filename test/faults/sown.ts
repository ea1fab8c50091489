import { Random } from '../../sandbox/onec/university/random.js';
import type { University } from '../../sandbox/onec/university/university.js';
import { whatShouldStand } from '../harness/compare.js';
import type { RunningUniversity } from '../harness/running-university.js';

export type SownKind = 'student' | 'course';

/** What was put wrong on purpose in one system, and what should stand there all the same. */
export interface Sown {
  /** code -> kind of the failure that must be named. */
  failures: Map<string, SownKind>;
  stands: Map<string, unknown>;
  /** Students whose data 1C itself finds faulty. */
  flaggedBy1C: Set<string>;
}

/** Names that no Moodle takes: before the university is served. */
export function sowNames(university: University, seed: number, count: number): Set<string> {
  const random = new Random(seed);
  const individuals = new Set<string>();
  while (individuals.size < count) {
    const student = university.students[Math.floor(random.next() * university.students.length)];
    if (student) individuals.add(student.individual);
  }
  for (const name of university.names)
    if (individuals.has(name.individual)) name.lastname = `${name.lastname}${'ъ'.repeat(101)}`;
  return new Set(
    university.students.filter((student) => individuals.has(student.individual)).map((student) => student.code),
  );
}

/** Accounts in the way and courses that take nobody: in the Moodle of one system, before the services start. */
export function sowMoodle(
  running: RunningUniversity,
  index: number,
  badNames: Set<string>,
  counts: { held: number; courses: number },
  seed: number,
): Sown {
  const { moodle, els } = running.systems[index]!;
  const random = new Random(seed + index);
  const expected = running.onec.expected(els);
  const stands = whatShouldStand(expected) as Map<string, { courses: number[] }>;
  const failures = new Map<string, SownKind>();
  for (const code of badNames) if (stands.delete(code)) failures.set(code, 'student');

  const codes = [...stands.keys()];
  const pick = (): string => codes[Math.floor(random.next() * codes.length)]!;
  for (let held = 0; held < counts.held; held++) {
    const code = pick();
    if (failures.has(code)) continue;
    const byUsername = held % 2 === 0;
    moodle.state.users.insert({
      username: byUsername ? code : `other-${code}`,
      firstname: 'Another',
      lastname: 'Human',
      email: byUsername ? `another-${code}@example.org` : `${code}@students.invalid`,
      idnumber: `staff-${code}`,
    });
    stands.delete(code);
    failures.set(code, 'student');
  }

  const used = [...new Set([...stands.values()].flatMap((entry) => entry.courses))];
  for (let broken = 0; broken < counts.courses; broken++) {
    const id = used[Math.floor(random.next() * used.length)]!;
    const course = moodle.state.courses.get(id);
    if (course) moodle.state.courses.update(course, { manual: false });
    for (const [code, entry] of stands) {
      if (!entry.courses.includes(id)) continue;
      entry.courses = entry.courses.filter((each) => each !== id);
      failures.set(code, 'course');
    }
  }
  const flaggedBy1C = new Set([...expected].filter(([, student]) => student.is === 'fault').map(([code]) => code));
  return { failures, stands, flaggedBy1C };
}
