import { groupIdnumber } from '../index.js';
import { enrolling, into, newAccounts, openSetup, type Setup } from '../testing/setup.js';

let setup: Setup;
let ids: number[];
beforeAll(async () => {
  setup = await openSetup();
});
afterAll(() => setup.sandbox.close());
beforeEach(async () => {
  setup.sandbox.reset();
  setup.sandbox.mend();
  const made = await setup.client.createAccounts(newAccounts(100));
  ids = made.map((result) => ('ok' in result ? result.ok.id : 0));
});

test('a group name with markup goes as Moodle cleans it; what it refuses is named for what it is', async () => {
  const named = (name: string) => ({ courseId: 5, name, idnumber: groupIdnumber(name) });
  const made = await setup.client.createGroups(['Группа <1>/2', '<1>', 'Группа <2>/2', ' ИВТ-21 '].map(named));
  expect(made.map((result) => ('ok' in result ? 'ok' : result.failure.cause))).toEqual([
    'ok',
    'group-nameless',
    // Cleaned, it is called as another group of the course is.
    'group-taken',
    'ok',
  ]);
  expect((await setup.client.groupsOf(5)).map(({ name, idnumber }) => [name, idnumber])).toEqual([
    ['Группа /2', 'Группа <1>/2'],
    ['ИВТ-21', 'ИВТ-21'],
  ]);
});

test('groups and cohorts: made, found, filled, each member with an answer', async () => {
  await setup.client.enrol(enrolling(ids.slice(0, 3), [2]));
  const wanted = [
    { courseId: 2, name: 'М3О-101Б & 1', idnumber: 'g1' },
    { courseId: 2, name: 'М3О-102Б', idnumber: '' },
    { courseId: 4711, name: 'X', idnumber: '' },
    { courseId: 2, name: 'Y', idnumber: 'g1' },
  ];
  const made = await setup.client.createGroups(wanted);
  expect(made.map((result) => ('ok' in result ? 'ok' : result.failure.cause))).toEqual([
    'ok',
    'ok',
    'course-missing',
    'group-taken',
  ]);
  const groups = await setup.client.groupsOf(2);
  expect(groups.map(({ name, idnumber }) => [name, idnumber])).toEqual([
    ['М3О-101Б & 1', 'g1'],
    ['М3О-102Б', ''],
  ]);
  const groupId = groups[0]!.id;
  const members = [ids[0]!, ids[50]!, 999_999_999].map((userId) => ({ groupId, userId }));
  const added = await setup.client.addGroupMembers(members);
  expect(added.map((result) => ('ok' in result ? 'ok' : result.failure.cause))).toEqual([
    'ok',
    'not-enrolled',
    'account-missing',
  ]);
  expect(await setup.client.groupMembers([groupId])).toEqual([{ groupId, userIds: [ids[0]] }]);
  expect(await setup.client.removeGroupMembers([{ groupId, userId: ids[0]! }])).toEqual([{ ok: true }]);

  const [cohort] = await setup.client.createCohorts([{ name: 'М3О-101Б', idnumber: 'h1' }]);
  const cohortId = cohort && 'ok' in cohort ? cohort.ok.id : 0;
  expect(await setup.client.cohortsByIdnumber(['h1', 'h'])).toEqual([
    { id: cohortId, name: 'М3О-101Б', idnumber: 'h1' },
  ]);
  const again = await setup.client.createCohorts([{ name: 'M', idnumber: 'h1' }]);
  expect(again[0]).toMatchObject({ failure: { cause: 'cohort-taken' } });
  const joined = await setup.client.addCohortMembers(
    [ids[0]!, 999_999_999, ids[0]!].map((userId) => ({ cohortId, userId })),
  );
  expect(joined.map((result) => ('ok' in result ? 'ok' : result.failure.cause))).toEqual([
    'ok',
    'account-missing',
    'ok',
  ]);
  expect(await setup.client.cohortMembers([cohortId])).toEqual([{ cohortId, userIds: [ids[0]] }]);
  expect(await setup.client.removeCohortMembers([{ cohortId, userId: ids[0]! }])).toEqual([{ ok: true }]);
  setup.sandbox.switches.capabilitiesMissing = ['moodle/cohort:manage'];
  await expect(setup.client.addCohortMembers([{ cohortId, userId: ids[0]! }])).rejects.toMatchObject({
    failure: { cause: 'capability-missing' },
  });
});

test('reading courses and participants', async () => {
  await setup.client.enrol([
    ...enrolling([ids[0]!], [2, 3]),
    { userId: ids[1]!, enrolments: [into(2, { suspend: true })] },
  ]);
  expect(await setup.client.enrolledIn(2)).toEqual(
    [ids[0], ids[1]].map((userId) => ({ userId, roles: [{ id: 5, shortname: 'student' }], groupIds: [] })),
  );
  expect((await setup.client.enrolledIn(2, 'suspended')).map(({ userId }) => userId)).toEqual([ids[1]]);
  expect(await setup.client.coursesOf(ids[0]!)).toEqual([
    { id: 2, idnumber: 'C2' },
    { id: 3, idnumber: 'C3' },
  ]);
  expect((await setup.client.coursesById([2, 4711, 3])).map(({ id }) => id)).toEqual([2, 3]);
  expect((await setup.client.coursesByIdnumber(['C5', 'none']))[0]).toMatchObject({
    id: 5,
    idnumber: 'C5',
    enrolmentMethods: ['manual'],
  });
  setup.sandbox.switches.capabilitiesMissing = ['moodle/course:update'];
  expect((await setup.client.coursesById([2]))[0]).not.toHaveProperty('idnumber');
  expect((await setup.client.coursesByIdnumber(['C5']))[0]?.idnumber).toBe('C5');
});

test('a cohort is found again, however many others hold its number', async () => {
  const others = Array.from({ length: 130 }, (_, index) => ({ name: `М-1${index}`, idnumber: `М-1${index}` }));
  await setup.client.createCohorts(others);
  // Moodle sorts by name: this one comes last.
  const [made] = await setup.client.createCohorts([{ name: 'Ямы, М-1', idnumber: 'М-1' }]);
  const id = made && 'ok' in made ? made.ok.id : 0;
  expect(await setup.client.cohortsByIdnumber(['М-1'])).toEqual([{ id, name: 'Ямы, М-1', idnumber: 'М-1' }]);
  expect(await setup.client.cohortsByIdnumber(['М-'])).toEqual([]);
  expect(await setup.client.createCohorts([{ name: 'М-1', idnumber: 'М-1' }])).toMatchObject([
    { failure: { cause: 'cohort-taken' } },
  ]);
});
