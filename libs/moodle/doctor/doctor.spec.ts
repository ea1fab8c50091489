import { readFileSync } from 'node:fs';
import type { Finding } from '#contracts';
import type { Switches } from '../../../sandbox/moodle/switches/switches.js';
import { newAccounts, openSetup, type Setup } from '../testing/setup.js';
import type { MoodleClientOptions } from '../transport/caller.js';
import type { Circumstances } from './circumstances.js';
import { examineMoodle } from './examine.js';
import { forSearch, functionsNeeded } from './functions-needed.js';
import { aboutTheSite } from './site.js';

let setup: Setup;
let witness: NonNullable<Circumstances['witness']>;
beforeAll(async () => {
  setup = await openSetup();
});
afterAll(() => setup.sandbox.close());
beforeEach(async () => {
  setup.sandbox.reset();
  setup.sandbox.mend();
  const [account] = newAccounts(1);
  const [made] = await setup.client.createAccounts([account!]);
  witness = {
    id: made && 'ok' in made ? made.ok.id : 0,
    username: account!.username,
    idnumber: account!.idnumber,
    email: account!.email,
  };
});

const examine = (about: Partial<Circumstances> = {}, options: Partial<MoodleClientOptions> = {}): Promise<Finding[]> =>
  examineMoodle(
    { system: 'lms', url: setup.sandbox.url, token: () => 'sandbox', maxInputVars: 1000, concurrency: 2, ...options },
    {
      roles: { student: 5 },
      auth: 'manual',
      lang: 'ru',
      grouping: 'group',
      adopt: 'none',
      courseId: 2,
      witness,
      ...about,
    },
  );
const bad = (findings: Finding[]): string[] =>
  findings.filter(({ severity }) => severity !== 'ok').map(({ check, severity }) => `${severity}: ${check}`);

test('a healthy site: only what cannot be seen, and nothing is changed', async () => {
  const users = setup.sandbox.state.users.size;
  for (const grouping of ['none', 'group', 'cohort'] as const) {
    expect(bad(await examine({ grouping }))).toEqual(['advice: welcome message']);
  }
  expect(setup.sandbox.state.users.size).toBe(users);
  expect(setup.sandbox.state.enrolments.countInCourse(2)).toBe(0);
  expect([...setup.sandbox.state.cohorts.all()]).toEqual([]);
});

test('what it was not told of, it says it did not examine', async () => {
  const findings = await examineMoodle(
    { system: 'lms', url: setup.sandbox.url, token: () => 'sandbox', maxInputVars: 1000, concurrency: 2 },
    { roles: { student: 5 }, auth: 'manual', grouping: 'none', adopt: 'none' },
  );
  expect(bad(findings)).toEqual(['advice: welcome message', 'advice: look-ups', 'advice: enrolment']);
});

test.each<[string, Partial<Switches>, string[]]>([
  ['token', { tokens: [] }, ['error: reachable']],
  ['maintenance', { maintenance: 'cli' }, ['error: reachable']],
  ['web services off', { webServices: false }, ['error: reachable']],
  ['another address', { wwwroot: 'http://moodle.example' }, ['error: reachable']],
  ['function', { functionsMissing: ['core_group_create_groups'] }, ['error: function core_group_create_groups']],
  ['user:create', { capabilitiesMissing: ['moodle/user:create'] }, ['error: moodle/user:create']],
  ['user:update', { capabilitiesMissing: ['moodle/user:update'] }, ['error: moodle/user:update']],
  ['auth', { authPlugins: ['ldap'] }, ['error: moodle/user:update']],
  ['language', { languages: ['en'] }, ['error: moodle/user:update']],
  [
    'viewdetails',
    { capabilitiesMissing: ['moodle/user:viewdetails'] },
    ['id', 'username', 'idnumber', 'email'].map((key) => `error: look-up by ${key}`),
  ],
  [
    'viewalldetails',
    { capabilitiesMissing: ['moodle/user:viewalldetails'] },
    ['id', 'username', 'idnumber', 'email'].map((key) => `error: look-up by ${key}`),
  ],
  ['viewuseridentity', { capabilitiesMissing: ['moodle/site:viewuseridentity'] }, ['error: look-up by email']],
  ['manual:enrol', { capabilitiesMissing: ['enrol/manual:enrol'] }, ['error: role student']],
  ['role', { assignableRoles: [] }, ['error: role student']],
  ['managegroups', { capabilitiesMissing: ['moodle/course:managegroups'] }, ['error: moodle/course:managegroups']],
  ['enrolreview', { capabilitiesMissing: ['moodle/course:enrolreview'] }, ['error: moodle/course:enrolreview']],
  ['course:update', { capabilitiesMissing: ['moodle/course:update'] }, ['warning: moodle/course:update']],
  ['manual plugin', { manualPlugin: false }, ['error: manual enrolment']],
  ['max_input_vars', { maxInputVars: 600 }, ['error: max_input_vars']],
  ['max_input_vars, more', { maxInputVars: 6000 }, ['advice: max_input_vars']],
])('%s', async (_, switches, expected) => {
  Object.assign(setup.sandbox.switches, switches);
  const findings = await examine();
  expect(bad(findings).filter((finding) => finding !== 'advice: welcome message')).toEqual(expected);
  for (const { severity, what, mend } of findings) {
    expect(what.ru && what.en).toBeTruthy();
    expect(severity === 'ok' || Boolean(mend?.ru && mend.en)).toBe(true);
  }
});

test.each([
  ['junk', 'before the JSON'],
  ['junkAfter', 'after the JSON'],
] as const)('text around answers: %s', async (kind, where) => {
  setup.sandbox.switches.faults = [{ kind, functions: ['core_user_get_users_by_field'] }];
  const findings = await examine();
  expect(bad(findings)).toEqual(['advice: welcome message', 'warning: text around answers']);
  const found = findings.find(({ check }) => check === 'text around answers')!;
  expect(found.what.en).toContain(`(${where})`);
  expect(found.mend?.en).toMatch(/display_errors/);
});

test('courses that may be made: function, capability, category, and none is made', async () => {
  const before = setup.sandbox.state.courses.size;
  expect(bad(await examine({ newCourseCategory: 1 }))).toEqual(['advice: welcome message']);
  expect(bad(await examine({ newCourseCategory: 4711 }))).toContain('error: moodle/course:create');
  setup.sandbox.switches.capabilitiesMissing = ['moodle/course:create'];
  expect(bad(await examine({ newCourseCategory: 1 }))).toContain('error: moodle/course:create');
  expect(bad(await examine())).toEqual(['advice: welcome message']);
  setup.sandbox.mend();
  setup.sandbox.switches.functionsMissing = ['core_course_create_courses'];
  expect(bad(await examine({ newCourseCategory: 1 }))).toContain('error: function core_course_create_courses');
  expect(setup.sandbox.state.courses.size).toBe(before);
});

test('cohorts', async () => {
  setup.sandbox.switches.capabilitiesMissing = ['moodle/cohort:manage'];
  expect(bad(await examine({ grouping: 'cohort' }))).toContain('error: moodle/cohort:view');
});

test('another address, too old, an administrator: read from what the site tells', async () => {
  const site = {
    ...(await setup.client.siteInfo()),
    ...{ siteurl: 'https://lms.example.edu', version: '2021051700', release: '3.11', userissiteadmin: true },
  };
  const about = { roles: {}, auth: 'manual', grouping: 'none', adopt: 'none' } as const;
  expect(bad(aboutTheSite(site, 'https://moodle.example.edu', about))).toEqual([
    'warning: wwwroot',
    'error: version',
    'warning: site administrator',
  ]);
  expect(
    bad(aboutTheSite({ ...site, siteurl: 'https://moodle.example.edu/' }, 'https://moodle.example.edu', about)),
  ).not.toContain('warning: wwwroot');
});

test('a course that is not there', async () => {
  expect(bad(await examine({ courseId: 4711 }))).toContain('error: enrolment');
});

test('the guide lists every function that is needed', () => {
  const guide = readFileSync(new URL('../../../docs/moodle.md', import.meta.url), 'utf8');
  const lines = new Set(guide.split('\n'));
  const needed = (['group', 'cohort'] as const)
    .flatMap((grouping) => functionsNeeded({ grouping, newCourseCategory: 1 }))
    .concat(forSearch);
  expect(needed.filter((name) => !lines.has(name))).toEqual([]);
});

test('accounts in the way', async () => {
  const { users } = setup.sandbox.state;
  const person = { firstname: 'A', lastname: 'B' };
  users.insert({ ...person, username: 's1', email: 'a1@x.ru', idnumber: '' });
  users.insert({ ...person, username: 's2', email: 'a2@x.ru', idnumber: 'other' });
  users.insert({ ...person, username: 'x3', email: 'a3@x.ru', idnumber: '3' });
  users.insert({ ...person, username: 'y3', email: 'b3@x.ru', idnumber: '3' });
  users.insert({ ...person, username: 's4', email: 'a4@x.ru', idnumber: '4' });
  const expected = ['1', '2', '3', '4', '5'].map((idnumber) => ({ username: `s${idnumber}`, idnumber }));
  const findings = bad(await examine({ expected })).slice(1);
  expect(findings).toEqual(['error: idnumber 3', 'warning: account 1', 'error: account 2']);
  expect(bad(await examine({ expected, adopt: 'username' }))).toContain('advice: account 1');
});
