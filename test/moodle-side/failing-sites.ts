import { writeFileSync } from 'node:fs';
import type { FaultKind } from '../../sandbox/moodle/switches/faults.js';
import type { Setup } from './setup.js';
import { smallUniversity } from './small-university.js';

/** One university, a Moodle for every way in which a whole system can fail, and one for the ways of single records. */
export const names = [
  ...['refused', 'maintenance', 'page'],
  ...['token', 'auth', 'capability', 'role'],
  ...['deadlock', 'broken', 'records'],
] as const;
export type Name = (typeof names)[number];
export const away: Name[] = ['refused', 'maintenance', 'page'];
export const setWrongly: Name[] = ['token', 'auth', 'capability', 'role'];

export const { university, codes } = smallUniversity(
  [
    { students: 8, courses: [2, 3] },
    { students: 1, courses: [2, 5] },
    { students: 1, courses: [2, 6] },
    { students: 1, courses: [2, 7] },
  ],
  names.map((_, index) => `LMS${index + 1}`),
);
export const everyone = codes.flat();
export const [victim, taken, unconfirmed, unhandled] = codes[0] as [string, string, string, string];
export const [[noManual], [hidden], [noCourse]] = codes.slice(1) as [[string], [string], [string]];

/** Before anybody asks them: each site fails in the way that its name says. */
export async function makeFail(setup: Setup<Name>): Promise<void> {
  const everyCall = (kind: FaultKind) => ({ kind });
  await setup.system('refused').moodle.goAway();
  setup.system('maintenance').moodle.switches.maintenance = 'pages';
  setup.system('page').moodle.switches.faults = [everyCall('html')];
  writeFileSync(setup.system('token').tokenFile, 'of-last-year');
  setup.system('capability').moodle.switches.capabilitiesMissing = ['enrol/manual:enrol'];
  setup.system('role').moodle.switches.assignableRoles = [];
  const enrol = ['enrol_manual_enrol_users'];
  setup.system('deadlock').moodle.switches.faults = [{ kind: 'deadlock', functions: enrol, times: 2 }];
  setup.system('broken').moodle.switches.faults = [{ kind: 'html', functions: enrol }];
  const { users, courses } = setup.system('records').moodle.state;
  const person = { firstname: 'Another', lastname: 'Human' };
  users.insert({ ...person, username: taken, email: 'another@example.org', idnumber: 'staff-7' });
  users.insert({
    ...person,
    username: 'newcomer',
    email: 'newcomer@example.org',
    idnumber: unconfirmed,
    confirmed: false,
  });
  courses.update(courses.get(5)!, { manual: false });
  courses.update(courses.get(6)!, { visible: false });
  courses.remove(courses.get(7)!);
  setup.system('records').moodle.switches.capabilitiesMissing = ['moodle/course:viewhiddencourses'];
}
