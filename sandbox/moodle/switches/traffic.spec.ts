import { createSandboxMoodle, type SandboxMoodle } from '../server.js';
import { call, errorcodeOf, records } from '../testing/form.js';
import { Workers } from './traffic.js';

let sandbox: SandboxMoodle;
beforeAll(async () => {
  sandbox = await createSandboxMoodle({ courses: 3 });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
  sandbox.mend();
  for (let id = 10; id < 60; id++) {
    sandbox.state.users.insert({ id, username: `u${id}`, firstname: 'F', lastname: 'L', email: `u${id}@e.org` });
  }
});

const enrol = (courseid: number, ...userids: number[]) =>
  call(
    sandbox,
    'enrol_manual_enrol_users',
    records(
      'enrolments',
      userids.map((userid) => ({ roleid: 5, userid, courseid })),
    ),
  );

const slowly = { callMs: 40, createdUserMs: 0, enrolmentMs: 0, workers: 4 };

describe('calls in flight together', () => {
  it('deadlock over a shared user: one of them is rolled back whole', async () => {
    sandbox.switches.cost = slowly;
    const answers = await Promise.all([enrol(2, 10, 11), enrol(3, 12, 11)]);
    expect(answers.map(errorcodeOf).filter(Boolean)).toEqual(['dmlwriteexception']);
    expect(sandbox.state.enrolments.size).toBe(2);
    expect(sandbox.state.sharedUserCollisions).toBe(1);
    expect(sandbox.state.counters.deadlocks).toBe(1);
  });

  it('pass side by side with different users in the same course', async () => {
    sandbox.switches.cost = slowly;
    const answers = await Promise.all([enrol(2, 10, 11), enrol(2, 12, 13), enrol(2, 14)]);
    expect(answers.map((answer) => answer.json)).toEqual([null, null, null]);
    expect(sandbox.state.sharedUserCollisions).toBe(0);
    expect(sandbox.state.counters.mostInFlight).toBe(3);
  });

  it('one after the other share what they like', async () => {
    sandbox.switches.cost = slowly;
    await enrol(2, 10, 11);
    expect((await enrol(3, 10, 11)).json).toBeNull();
    expect(sandbox.state.sharedUserCollisions).toBe(0);
  });

  it('are counted also where deadlocks are off', async () => {
    sandbox.switches.cost = slowly;
    sandbox.switches.deadlocks = false;
    const answers = await Promise.all([enrol(2, 10), enrol(3, 10), enrol(4, 10)]);
    expect(answers.map((answer) => answer.json)).toEqual([null, null, null]);
    expect(sandbox.state.sharedUserCollisions).toBe(3);
  });

  it('deadlock over group rows taken in opposite order only', async () => {
    sandbox.switches.cost = slowly;
    const groups = ['A', 'B'].map((name) => sandbox.state.groups.insert({ courseid: 2, name }).id);
    const [a, b] = groups as [number, number];
    const terms = { timestart: 0, timeend: 0, suspended: false };
    for (const id of [10, 11, 12, 13]) sandbox.state.enrolments.enrol(2, id, 5, terms);
    const add = (...members: [number, number][]) =>
      call(
        sandbox,
        'core_group_add_group_members',
        records(
          'members',
          members.map(([groupid, userid]) => ({ groupid, userid })),
        ),
      );
    const same = await Promise.all([add([a, 10], [b, 10]), add([a, 11], [b, 11])]);
    expect(same.map((answer) => answer.json)).toEqual([null, null]);
    const opposite = await Promise.all([add([a, 12], [b, 12]), add([b, 13], [a, 13])]);
    expect(opposite.map(errorcodeOf).filter(Boolean)).toEqual(['dmlwriteexception']);
    expect(sandbox.state.counters.orderCollisions).toBe(1);
  });
});

describe('the cost model', () => {
  it('hands calls to the worker that is free first', () => {
    const workers = new Workers();
    expect(workers.take(0, 30, 2)).toBe(30);
    expect(workers.take(0, 50, 2)).toBe(50);
    expect(workers.take(0, 10, 2)).toBe(40);
    expect(workers.take(5, 10, 2)).toBe(45);
    expect(workers.take(1000, 30, 2)).toBe(30);
  });

  it('takes as long as its parts say, records and queue included', async () => {
    sandbox.switches.cost = { callMs: 30, createdUserMs: 4, enrolmentMs: 3, workers: 2 };
    const users = records(
      'users',
      Array.from({ length: 10 }, (_, i) => ({
        username: `n${i}`,
        firstname: 'F',
        lastname: 'L',
        email: `n${i}@e.org`,
        password: 'Aa1!aaaa',
      })),
    );
    const began = performance.now();
    await Promise.all([
      call(sandbox, 'core_user_create_users', users), // 30 + 10 * 4 = 70, first worker
      enrol(2, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), // 30 + 10 * 3 = 60, second worker
      enrol(3, 20, 21), // 36 more
      call(sandbox, 'core_webservice_get_site_info'), // 30 more
    ]);
    const took = performance.now() - began;
    expect(took).toBeGreaterThanOrEqual(95);
    expect(took).toBeLessThan(400);
  });
});
