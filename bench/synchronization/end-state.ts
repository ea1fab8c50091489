import type { Expected } from '../../sandbox/onec/university/expected.js';
import { standing } from './moodle.js';
import { coursesEach } from './university.js';

export type Student = Extract<Expected, { kind: 'student' }>;

/** Those who must come to Moodle, by the independent calculation: everybody, with eight courses each. */
export function studentsOf(expected: Map<string, Expected>, wanted: number): Map<string, Student> {
  const students = new Map<string, Student>();
  for (const [code, student] of expected)
    if (student.kind === 'student' && student.courses.length === coursesEach) students.set(code, student);
  if (students.size !== wanted)
    throw new Error(
      `the university was to have ${wanted} students with ${coursesEach} courses, it has ${students.size}`,
    );
  return students;
}

/** Fast and wrong is no result. @param url of the Moodle sandbox */
export async function checkEndState(url: string, students: Map<string, Student>): Promise<void> {
  const stands = await standing(url);
  const wrong: string[] = [];
  for (const [code, { lastname, firstname, courses }] of students) {
    const account = stands.get(code.toLowerCase());
    if (account?.names !== `${lastname} ${firstname}` || String(account.courses) !== String(courses)) wrong.push(code);
  }
  if (wrong.length > 0)
    throw new Error(`wrong end state: ${wrong.length} students, among them ${wrong.slice(0, 10).join(', ')}`);
  const enrolled = [...stands.values()].filter(({ courses }) => courses.length > 0).length;
  if (enrolled !== students.size) throw new Error(`${enrolled} accounts are enrolled, not ${students.size}`);
}
