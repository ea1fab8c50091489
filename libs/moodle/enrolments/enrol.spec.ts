import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { MoodleVersion } from '../../../sandbox/moodle/switches/switches.js';
import { MoodleClient, MoodleRefusal } from '../index.js';
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

const enrolUsers = 'enrol_manual_enrol_users';
const students = (courses: readonly number[], who = ids) => enrolling(who, courses);
const eight = [2, 3, 4, 5, 6, 7, 8, 9];
const standing = (): number =>
  [...setup.sandbox.state.courses.all()].reduce(
    (sum, { id }) => sum + setup.sandbox.state.enrolments.countInCourse(id),
    0,
  );

test('100 students with 8 courses: five calls at 1000 variables, times and state as asked', async () => {
  const outcome = await setup.client.enrol(students(eight));
  expect(setup.calls(enrolUsers)).toBe(5);
  expect(outcome.map(({ userId }) => userId)).toEqual(ids);
  for (const { done, refused } of outcome) expect([done, refused]).toEqual([eight, []]);
  expect(standing()).toBe(800);
  expect(setup.sandbox.state.enrolments.get(2, ids[0]!)).toMatchObject({
    timestart: 1_700_000_000,
    timeend: 1_900_000_000,
    suspended: false,
  });
});

test('suspending and coming back', async () => {
  await setup.client.enrol([{ userId: ids[0]!, enrolments: [into(2, { suspend: true })] }]);
  expect(setup.sandbox.state.enrolments.get(2, ids[0]!)?.suspended).toBe(true);
  await setup.client.enrol([{ userId: ids[0]!, enrolments: [into(2)] }]);
  expect(setup.sandbox.state.enrolments.get(2, ids[0]!)?.suspended).toBe(false);
});

test('no student is ever in two calls in flight, whoever asks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 8 }),
      async (requests) => {
        await Promise.all(
          requests.map((who, index) =>
            setup.client.enrol(
              students(
                [2 + index],
                who.map((place) => ids[place]!),
              ),
            ),
          ),
        );
        expect(setup.sandbox.state.sharedUserCollisions).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
  expect(setup.sandbox.state.counters.mostInFlight).toBe(2);
});

test('a student with more courses than a call bears comes in several, one after the other', async () => {
  const narrow = await openSetup({ maxInputVars: 100 });
  narrow.sandbox.switches.maxInputVars = 100;
  const [made] = await narrow.client.createAccounts(newAccounts(1));
  const userId = made && 'ok' in made ? made.ok.id : 0;
  const all = Array.from({ length: 20 }, (_, index) => index + 2);
  const [outcome] = await narrow.client.enrol([{ userId, enrolments: all.map((course) => into(course)) }]);
  expect(outcome?.done).toEqual(all);
  expect(narrow.calls(enrolUsers)).toBe(2);
  expect(narrow.sandbox.state.sharedUserCollisions).toBe(0);
  await narrow.sandbox.close();
});

test('bad courses: each named, all others done for everybody', async () => {
  const { courses } = setup.sandbox.state;
  courses.update(courses.get(4)!, { manual: false });
  courses.update(courses.get(7)!, { visible: false });
  setup.sandbox.switches.capabilitiesMissing = ['moodle/course:viewhiddencourses'];
  const asked = [...eight, 4711];
  const outcome = await setup.client.enrol(students(asked));
  for (const { done, refused } of outcome) {
    expect(done).toEqual([2, 3, 5, 6, 8, 9]);
    expect(refused.map(({ courseId, failure }) => [courseId, failure.kind, failure.cause, failure.about])).toEqual([
      [4, 'course', 'no-manual-enrolment', '4'],
      [7, 'course', 'course-not-accessible', '7'],
      [4711, 'course', 'course-missing', '4711'],
    ]);
  }
  expect(standing()).toBe(600);
  // 5 or 6 batches; only those first in flight have to find out.
  expect(setup.calls(enrolUsers)).toBeLessThanOrEqual(60);
});

test('accounts that are gone: named, the others done', async () => {
  setup.sandbox.state.deleteUser(setup.sandbox.state.users.get(ids[10]!)!);
  setup.sandbox.state.users.update(setup.sandbox.state.users.get(ids[20]!)!, { confirmed: false });
  const outcome = await setup.client.enrol([...students([2, 3]), ...students([2, 3], [999_999_999])]);
  const causes = new Map(
    outcome.filter(({ refused }) => refused.length > 0).map((o) => [o.userId, o.refused.map((r) => r.failure.cause)]),
  );
  expect(causes).toEqual(
    new Map([
      [ids[10], ['account-missing', 'account-missing']],
      [ids[20], ['account-unconfirmed', 'account-unconfirmed']],
      [999_999_999, ['account-missing', 'account-missing']],
    ]),
  );
  expect(standing()).toBe(2 * 98);
});

test('4.1 tells a missing account by another code', async () => {
  setup.sandbox.switches.version = '4.1';
  const outcome = await setup.client.enrol(students([2], [ids[0]!, 999_999_999]));
  expect(outcome.map(({ done, refused }) => [done, refused.map(({ failure }) => failure.cause)])).toEqual([
    [[2], []],
    [[], ['account-missing']],
  ]);
});

test('bad students and bad courses together, against an independent calculation', async () => {
  const { state } = setup.sandbox;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(99), { maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 2, max: 12 }), { maxLength: 4 }),
      fc.array(fc.uniqueArray(fc.integer({ min: 2, max: 12 }), { maxLength: 6 }), { minLength: 1, maxLength: 40 }),
      async (gone, bad, wanted) => {
        const goneIds = new Set(gone.map((place) => 900_000_000 + place));
        for (let id = 2; id <= 12; id++) state.courses.update(state.courses.get(id)!, { manual: !bad.includes(id) });
        const asked = wanted.map((courses, place) => ({
          userId: gone.includes(place) ? 900_000_000 + place : ids[place]!,
          enrolments: courses.map((course) => into(course)),
        }));
        const outcome = await setup.client.enrol(asked);
        outcome.forEach(({ userId, done, refused }, place) => {
          const courses = wanted[place]!;
          const good = goneIds.has(userId) ? [] : courses.filter((course) => !bad.includes(course));
          expect(done).toEqual(good);
          expect(refused.map(({ courseId }) => courseId)).toEqual(courses.filter((course) => !good.includes(course)));
          for (const course of good) expect(state.enrolments.get(course, userId)).toBeDefined();
        });
      },
    ),
    { numRuns: 40 },
  );
});

describe('settings', () => {
  test.each([
    ['the role may not be assigned', { assignableRoles: [3] }, 'role-not-assignable', '5'],
    ['role:assign missing', { capabilitiesMissing: ['moodle/role:assign'] }, 'role-not-assignable', '5'],
    [
      'manual:enrol missing',
      { capabilitiesMissing: ['enrol/manual:enrol'] },
      'capability-missing',
      'enrol/manual:enrol',
    ],
    [
      'course:view missing',
      { capabilitiesMissing: ['moodle/course:view'] },
      'capability-missing',
      'moodle/course:view',
    ],
  ])('%s: thrown, nobody blamed', async (_, switches, cause, about) => {
    Object.assign(setup.sandbox.switches, switches);
    await expect(setup.client.enrol(students(eight, ids.slice(0, 20)))).rejects.toMatchObject({
      failure: { kind: 'configuration', cause, about },
    });
    expect(standing()).toBe(0);
  });

  test('the manual plugin switched off for the site shows in every course', async () => {
    setup.sandbox.switches.manualPlugin = false;
    const [outcome] = await setup.client.enrol(students([2, 3], [ids[0]!]));
    expect(outcome?.refused.map(({ failure }) => failure.cause)).toEqual([
      'no-manual-enrolment',
      'no-manual-enrolment',
    ]);
  });
});

test('the same course twice, in two roles, and not there', async () => {
  const enrolments = [into(4711), into(4711, { suspend: true }), into(2)];
  const [outcome] = await setup.client.enrol([{ userId: ids[0]!, enrolments }]);
  expect([outcome?.done, outcome?.refused.map(({ courseId }) => courseId)]).toEqual([[2], [4711, 4711]]);
});

describe('a capability denied', () => {
  /** A Moodle that denies the enrolment in some courses, as an override in the course does. */
  const denying = async (denied: (course: string) => boolean): Promise<{ client: MoodleClient; close: () => void }> => {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const courses = [...new URLSearchParams(body)]
          .filter(([name]) => name.endsWith('[courseid]'))
          .map(([, id]) => id);
        const refusal = {
          exception: 'required_capability_exception',
          errorcode: 'nopermissions',
          message: 'x (Enrol users).',
        };
        response.end(JSON.stringify(courses.some(denied) ? refusal : null));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new MoodleClient({ system: 'x', url, token: () => 't', maxInputVars: 1000, concurrency: 2 });
    return { client, close: () => (server.closeAllConnections(), server.close()) };
  };

  test('in one course is that course’s fault', async () => {
    const { client, close } = await denying((course) => course === '3');
    const outcome = await client.enrol(students([2, 3, 4], [11, 12, 13]));
    for (const { done, refused } of outcome) {
      expect(done).toEqual([2, 4]);
      expect(refused.map(({ courseId, failure }) => [courseId, failure.kind, failure.cause])).toEqual([
        [3, 'course', 'course-forbidden'],
      ]);
    }
    close();
  });

  test('everywhere is the account’s', async () => {
    const { client, close } = await denying(() => true);
    await expect(client.enrol(students([2, 3, 4], [11, 12, 13]))).rejects.toMatchObject({
      failure: { kind: 'configuration', cause: 'capability-missing', about: 'enrol/manual:enrol' },
    });
    close();
  });
});

test.each<MoodleVersion>(['4.1', '4.5', '5.1', '5.2'])(
  '%s: who is gone is gone, what is closed is the course’s',
  async (version) => {
    setup.sandbox.switches.version = version;
    const [one] = ids;
    const [made] = await setup.client.createGroups([{ courseId: 2, name: 'А', idnumber: '' }]);
    const groupId = made && 'ok' in made ? made.ok.id : 0;
    const enrolments = [2, 3].map((courseId) => ({ courseId, roleId: 5, timestart: 0, timeend: 0, suspend: false }));
    const outcomes = await setup.client.enrol([
      { userId: one!, enrolments },
      { userId: 987_654, enrolments },
    ]);
    expect(outcomes[0]).toEqual({ userId: one, done: [2, 3], refused: [] });
    expect(outcomes[1]!.refused.map(({ failure }) => failure.cause)).toEqual(['account-missing', 'account-missing']);
    const added = await setup.client.addGroupMembers([
      { groupId, userId: one! },
      { groupId, userId: 987_654 },
      { groupId: 555, userId: one! },
    ]);
    expect(added.map((each) => ('ok' in each ? 'ok' : each.failure.cause))).toEqual([
      'ok',
      'account-missing',
      'refused',
    ]);
    await expect(setup.client.enrolledIn(999)).rejects.toThrow(MoodleRefusal);
  },
);
