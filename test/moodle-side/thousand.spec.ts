import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { measuredCost } from '../../sandbox/moodle/switches/switches.js';
import { until } from '../harness/until.js';
import { Setup } from './setup.js';
import { nameOf, semester, smallUniversity } from './small-university.js';
import type { Heard } from './what-1c-heard.js';

const made = smallUniversity(
  [
    { students: 698, courses: [2, 3, 4] },
    { students: 300, courses: [3, 5] },
    { students: 1, courses: [2, 6] },
    { students: 1, courses: [2, 7] },
  ],
  ['LMS1'],
);
const { university, codes } = made;
const [many, , [noCourse], [noManual]] = codes as [string[], string[], [string], [string]];
const bad = {
  'lastname-too-long': many[5]!,
  'firstname-illegal': many[77]!,
  'firstname-empty': many[150]!,
  'username-taken': many[222]!,
  'email-taken': many[333]!,
  'account-ambiguous': many[400]!,
  'account-unconfirmed': many[505]!,
  'account-unreadable': many[600]!,
  'course-missing': noCourse,
  'no-manual-enrolment': noManual,
};
nameOf(university, bad['lastname-too-long']).lastname = 'Я'.repeat(101);
nameOf(university, bad['firstname-illegal']).firstname = 'Анна<script>';
nameOf(university, bad['firstname-empty']).firstname = '';
const hears: Record<string, Heard> = { 'account-unconfirmed': 'later', 'account-unreadable': 'later' };
const heardOf = (cause: string): Heard => hears[cause] ?? (/course|manual/.test(cause) ? 'later' : 'error');

describe('1,000 students, one bad in each of ten ways', () => {
  let setup: Setup<'lms'>;
  const everyone = codes.flat();
  const log: Record<string, number> = {};

  beforeAll(async () => {
    setup = await Setup.open(['lms'], { university, courses: 6 });
    const { state } = setup.system('lms').moodle;
    const account = (username: string, idnumber: string, more = {}) =>
      state.users.insert({
        ...{ firstname: 'Another', lastname: 'Human', email: `${username}@example.org` },
        ...{ username, idnumber },
        ...more,
      });
    account(bad['username-taken'], 'staff-1');
    account('staff2', 'staff-2', { email: `${bad['email-taken']}@students.invalid` });
    account('twin1', bad['account-ambiguous']);
    account('twin2', bad['account-ambiguous']);
    account('newcomer', bad['account-unconfirmed'], { confirmed: false });
    state.poison(account('guest-of-ldap', bad['account-unreadable']), 'auth');
    state.courses.remove(state.courses.get(6)!);
    state.courses.update(state.courses.get(7)!, { manual: false });
    await setup.university.start();
    const begin = performance.now();
    await setup.untilHeard('lms', everyone.length, 90_000);
    log['1,000 students to the last word'] = performance.now() - begin;
  }, 180_000);
  afterAll(async () => {
    await setup?.close();
    for (const [what, ms] of Object.entries(log)) process.stderr.write(`${what}: ${Math.round(ms)} ms\n`);
  }, 60_000);

  it('990 go through and 1C hears of the ten what their kind says', async () => {
    const wanted = new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']));
    for (const [cause, code] of Object.entries(bad)) wanted.set(code, heardOf(cause));
    expect(await setup.heardIn('lms')).toEqual(wanted);
    const isBad = new Set(Object.values(bad));
    const stands = setup.stands('lms');
    for (const [code, student] of setup.shouldStand('lms'))
      if (!isBad.has(code)) expect([code, stands.get(code)]).toEqual([code, student]);
  });

  it('the ten are named, in both languages', () => {
    const letters = setup.view.lettersOf(setup.system('lms').id);
    const named = letters.map(({ code, headers }) => [headers['x-itk-cause'], code]).sort();
    expect(named).toEqual(Object.entries(bad).sort());
    for (const { headers } of letters) {
      expect(headers['x-itk-reason-ru']).toMatch(/[а-я]{3}/);
      expect(headers['x-itk-reason-en']).toMatch(/^[^а-яА-Я]+$/);
      expect(headers['x-itk-cure-ru']).toMatch(/[а-я]{3}/);
      expect(headers['x-itk-cure-en']).toMatch(/[a-z]{3}/);
    }
  });

  it('in the same pass: nobody is tried twice, handed back, or published twice', async () => {
    const { id, moodle } = setup.system('lms');
    expect([await setup.outcomes('lms', 'retry'), await setup.outcomes('lms', 'handBack')]).toEqual([0, 0]);
    const changed = setup.view.eventsOf(id, eventTypes.StudentChanged).map(({ subject }) => subject);
    expect([...changed].sort()).toEqual(everyone);
    expect(moodle.state.counters.noopEnrolments).toBe(0);
    expect(moodle.state.sharedUserCollisions).toBe(0);
    expect(moodle.state.counters.of('enrol_manual_enrol_users').calls).toBeLessThan(60);
  });

  it('300 students of one curriculum and semester get a new course within 10 s of the change in 1C', async () => {
    const { moodle, els } = setup.system('lms');
    moodle.switches.cost = measuredCost;
    const begin = performance.now();
    setup.university.onec.changes.bind({
      ...{ system: els, curriculum: made.curricula[1]!, semester, discipline: '000000003', courseId: 4 },
    });
    const enrolled = () => codes[1]!.every((code) => moodle.state.enrolments.get(4, idOf(code)) !== undefined);
    const idOf = (code: string) => moodle.state.users.withIdnumber(code)[0]!.id;
    await until('all 300 are enrolled', enrolled, 30_000);
    log['300 students into a new course'] = performance.now() - begin;
    expect(log['300 students into a new course']).toBeLessThan(10_000);
  }, 40_000);
});
