import { Roles1790000800000 } from './ledger/migrations/1790000800000-roles.js';
import { enrollerSetup, failureOf, kindsOf, standing, userProvisioned } from './testing/setup.js';

const setup = enrollerSetup();
beforeEach(() => void (setup.sandbox.switches.assignableRoles = [4, 5]));
const roles = { student: 5, teacher: 4 };
const allowed = { roles, newCourseCategory: 1 };
const fromFile = (given: Parameters<typeof userProvisioned>[0]) => userProvisioned({ origin: 'ims', ...given });
const created = (idnumber: string, names: object = {}) => ({
  ...{ idnumber, role: 'student' },
  create: { fullname: `The course ${idnumber}`, ...names },
});
const courses = () =>
  [...setup.sandbox.state.courses.all()]
    .filter(({ id }) => id > 13)
    .map(({ id: _, timecreated: __, ...course }) => course);

describe('several roles of one person in a course', () => {
  const both = [
    { id: 2, role: 'student' },
    { id: 2, role: 'teacher' },
  ];

  it('are given with one enrolment, and one goes without the other', async () => {
    const user = setup.account('1');
    const key = `${user}/2`;
    await setup.run([fromFile({ user, created: true, courses: both })], { roles });
    expect(standing(setup.sandbox)).toEqual({ [key]: '4+5' });
    const before = setup.calls('enrol_manual_enrol_users');
    const one = fromFile({ user, courses: [both[0]!], revision: 2000 });
    expect(kindsOf(await setup.run([one], { roles }))).toEqual(['done']);
    expect(standing(setup.sandbox)).toEqual({ [key]: '5' });
    expect(setup.calls('enrol_manual_enrol_users')).toBe(before);
    await setup.run([fromFile({ user, courses: both, revision: 3000 })], { roles });
    expect(standing(setup.sandbox)).toEqual({ [key]: '5+4' });
    expect(setup.sandbox.state.counters.noopEnrolments).toBe(0);
  });

  it('one of which may not be given are given none of: the setting is mended first', async () => {
    const user = setup.account('1');
    setup.sandbox.switches.assignableRoles = [5];
    const [outcome] = await setup.run([fromFile({ user, courses: both })], { roles });
    expect(failureOf(outcome)).toMatchObject({ kind: 'configuration', cause: 'role-not-assignable' });
    expect(standing(setup.sandbox)).toEqual({});
  });
});

it('begin and end reach the enrolment, and are taken back when the file tells them no longer', async () => {
  const user = setup.account('1');
  const dated = { id: 2, role: 'student', begin: 1_790_000_000, end: 1_799_000_000 };
  await setup.run([fromFile({ user, created: true, courses: [dated] })]);
  expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5 1790000000-1799000000' });
  await setup.run([fromFile({ user, courses: [2], revision: 2000 })]);
  expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5' });
});

describe('a course that Moodle does not have', () => {
  it('is made hidden in the configured category, once for all, and found from then on', async () => {
    const [one, two] = [setup.account('1'), setup.account('2')];
    const events = [one, two].map((user, index) =>
      fromFile({ code: String(index + 1), user, created: true, courses: [created('M101', { shortname: 'Moodle' })] }),
    );
    const outcomes = await setup.run(events, allowed);
    expect(kindsOf(outcomes)).toEqual(['done', 'done']);
    expect(courses()).toEqual([
      expect.objectContaining({
        ...{ idnumber: 'M101', shortname: 'Moodle', fullname: 'The course M101' },
        ...{ categoryid: 1, visible: false },
      }),
    ]);
    expect(Object.values(standing(setup.sandbox))).toEqual(['5', '5']);
    await setup.run([fromFile({ user: one, courses: [created('M101')], revision: 2000 })], allowed);
    expect(courses()).toHaveLength(1);
  });

  it('that two consumers make at the same time is one course', async () => {
    const users = ['1', '2', '3', '4'].map((code) => ({ code, user: setup.account(code) }));
    const outcomes = await Promise.all(
      users.map(({ code, user }) => setup.run([fromFile({ code, user, courses: [created('M101')] })], allowed)),
    );
    expect(outcomes.flatMap(kindsOf)).toEqual(['done', 'done', 'done', 'done']);
    expect(courses()).toHaveLength(1);
    expect(Object.values(standing(setup.sandbox))).toEqual(['5', '5', '5', '5']);
  });

  it('is not made where that is not allowed, nor where nobody says what to call it', async () => {
    const user = setup.account('1');
    for (const [rules, course] of [
      [{ roles }, created('M101')],
      [allowed, { idnumber: 'M101', role: 'student' }],
    ] as const) {
      const [outcome] = await setup.run([fromFile({ user, courses: [course] })], rules);
      expect(failureOf(outcome)).toMatchObject({ kind: 'course', cause: 'course-missing', about: 'M101' });
    }
    expect(courses()).toEqual([]);
  });

  it('whose short name another course has fails by name; the other courses are done', async () => {
    setup.sandbox.state.courses.insert({ shortname: 'Taken' });
    const user = setup.account('1');
    const wanted = [2, created('M101', { shortname: 'Taken' })];
    const [outcome] = await setup.run([fromFile({ user, created: true, courses: wanted })], allowed);
    expect(failureOf(outcome)).toMatchObject({ kind: 'course', cause: 'course-shortname-taken', about: 'M101' });
    expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5' });
  });

  it('cannot be made in a category that is not there, nor without the right: that is a setting', async () => {
    const user = setup.account('1');
    const event = () => fromFile({ user, courses: [created('M101')] });
    const [nowhere] = await setup.run([event()], { ...allowed, newCourseCategory: 4711 });
    expect(failureOf(nowhere)).toMatchObject({ kind: 'configuration', cause: 'course-category-missing' });
    setup.sandbox.switches.capabilitiesMissing = ['moodle/course:create'];
    const [forbidden] = await setup.run([event()], allowed);
    setup.sandbox.switches.capabilitiesMissing = [];
    expect(failureOf(forbidden)).toMatchObject({ kind: 'configuration', about: 'moodle/course:create' });
  });
});

describe('the group that is named for a course', () => {
  const unit = (group: string, id = 2) => [{ id, role: 'student', group }];
  const members = () =>
    Object.fromEntries([...setup.sandbox.state.groups.all()].map(({ name, members: theirs }) => [name, [...theirs]]));

  it('is made and entered by whoever is in none; who is in one keeps it, then and later', async () => {
    const [one, two] = [setup.account('1'), setup.account('2')];
    const byHand = setup.sandbox.state.groups.insert({ courseid: 2, name: 'by hand' });
    setup.sandbox.state.enrolments.enrol(2, two, 5, { timestart: 0, timeend: 0, suspended: false });
    setup.sandbox.state.groups.addMember(byHand, two);
    const named = (group: string, revision: number) => [
      fromFile({ code: '1', user: one, courses: unit(group), revision }),
      fromFile({ code: '2', user: two, courses: unit(group), revision }),
    ];
    await setup.run(named('unit 2', 1000));
    expect(members()).toEqual({ 'by hand': [two], 'unit 2': [one] });
    const before = setup.calls();
    await setup.run(named('unit 3', 2000));
    expect(members()).toEqual({ 'by hand': [two], 'unit 2': [one] });
    expect(setup.calls()).toBe(before);
  });

  it('is not made for nobody', async () => {
    const user = setup.account('1');
    const byHand = setup.sandbox.state.groups.insert({ courseid: 2, name: 'by hand' });
    setup.sandbox.state.enrolments.enrol(2, user, 5, { timestart: 0, timeend: 0, suspended: false });
    setup.sandbox.state.groups.addMember(byHand, user);
    await setup.run([fromFile({ user, courses: unit('unit 2') })]);
    expect(members()).toEqual({ 'by hand': [user] });
  });
});

it('what the ledger held before courses had several roles is read as it was', async () => {
  const user = setup.account('1');
  await setup.run([fromFile({ user, created: true, courses: [2, 3] })], { roles });
  const roleList = new Roles1790000800000();
  const page = () => setup.dataSource.query('select enrolments from accounts');
  const now = await page();
  await roleList.down(setup.dataSource.createQueryRunner());
  expect(await page()).toEqual([
    { enrolments: { 2: { is: standingOf({ roleId: 5 }) }, 3: { is: standingOf({ roleId: 5 }) } } },
  ]);
  await roleList.up(setup.dataSource.createQueryRunner());
  expect(await page()).toEqual(now);
  const before = setup.calls();
  await setup.run([fromFile({ user, courses: [2, 3], revision: 2000 })], { roles });
  expect(setup.calls()).toBe(before);
});

const standingOf = (role: object) => ({ ...role, begin: 0, end: 0, suspended: false });
