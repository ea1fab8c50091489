import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { expectedIn } from '../../sandbox/onec/university/expected.js';
import { bareScript } from './bare-script.js';
import { checkEndState, studentsOf, type Student } from './end-state.js';
import { callsOf, token, total } from './moodle.js';
import { benchUniversity, courses, els } from './university.js';

const count = 450;
let moodle: SandboxMoodle;
let students: Map<string, Student>;
beforeAll(async () => {
  moodle = await createSandboxMoodle({ courses });
  students = studentsOf(expectedIn(benchUniversity(count), els, new Date().toISOString().slice(0, 19)), count);
  await bareScript(moodle.url, token, students, 1000);
});
afterAll(() => moodle.close());

it('the bare script brings every student there, in the fewest calls that PHP takes', async () => {
  await checkEndState(moodle.url, students);
  // 199 accounts of five values, 41 students of eight enrolments of three
  expect(total(await callsOf(moodle.url))).toBe(Math.ceil(count / 199) + Math.ceil(count / 41));
  expect(moodle.state.counters.truncatedCalls).toBe(0);
});

it('one enrolment too few or too many, a wrong name, a student missing: no result', async () => {
  const [code, student] = [...students][7]!;
  const user = moodle.state.users.withUsername(code.toLowerCase())!;
  const [course] = student.courses as [number];
  const other = Array.from({ length: courses }, (_, index) => index + 2).find((id) => !student.courses.includes(id))!;

  moodle.state.enrolments.remove(course, user.id);
  await expect(checkEndState(moodle.url, students)).rejects.toThrow(`1 students, among them ${code}`);
  moodle.state.enrolments.enrol(course, user.id, 5, { timestart: 0, timeend: 0, suspended: false });
  await checkEndState(moodle.url, students);

  moodle.state.enrolments.enrol(other, user.id, 5, { timestart: 0, timeend: 0, suspended: false });
  await expect(checkEndState(moodle.url, students)).rejects.toThrow(code);
  moodle.state.enrolments.remove(other, user.id);

  moodle.state.users.update(user, { lastname: 'Другая' });
  await expect(checkEndState(moodle.url, students)).rejects.toThrow(code);
  moodle.state.users.update(user, { lastname: student.lastname });

  const fewer = new Map([...students].filter(([one]) => one !== code));
  await expect(checkEndState(moodle.url, fewer)).rejects.toThrow(`${count} accounts are enrolled`);
  await expect(checkEndState(moodle.url, new Map([...students, ['missing', student]]))).rejects.toThrow('missing');
  expect(() => studentsOf(students, count + 1)).toThrow(`${count + 1} students`);
});
