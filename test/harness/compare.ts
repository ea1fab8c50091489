import type { Expected } from '../../sandbox/onec/university/expected.js';
import type { SandboxMoodle } from '../../sandbox/moodle/server.js';

/** What stands in a Moodle, in the words of the independent calculation: code -> names and courses. */
export function whatStands(moodle: SandboxMoodle): Map<string, unknown> {
  const stands = new Map<string, unknown>();
  for (const user of moodle.state.users.all()) {
    if (!user.idnumber || user.deleted) continue;
    stands.set(user.idnumber, {
      username: user.username,
      lastname: user.lastname,
      firstname: user.firstname,
      courses: [],
    });
  }
  for (const course of moodle.state.courses.all())
    for (const enrolment of moodle.state.enrolments.inCourse(course.id)) {
      const user = moodle.state.users.get(enrolment.userid);
      const entry = user && (stands.get(user.idnumber) as { courses: number[] } | undefined);
      if (entry && !enrolment.suspended) entry.courses.push(course.id);
    }
  for (const entry of stands.values()) (entry as { courses: number[] }).courses.sort((a, b) => a - b);
  return stands;
}

/** The same map out of the independent calculation. */
export function whatShouldStand(expected: Map<string, Expected>): Map<string, unknown> {
  const wanted = new Map<string, unknown>();
  for (const [code, student] of expected) {
    if (student.kind !== 'student') continue;
    const { lastname, firstname, courses } = student;
    wanted.set(code, { username: code.toLowerCase(), lastname, firstname, courses });
  }
  return wanted;
}

export const faultyIn = (expected: Map<string, Expected>): string[] =>
  [...expected].filter(([, student]) => student.kind === 'fault').map(([code]) => code);
