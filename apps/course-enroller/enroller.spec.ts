import type { CloudEvent, SynchronizationFailed } from '#contracts';
import type { Outcome } from '#messaging';
import { bound, due, openCampus, said, standing, type Campus, type Rules } from './testing/campus.js';

let campus: Campus;
beforeAll(async () => {
  campus = await openCampus();
});
beforeEach(() => campus.clean());
afterAll(() => campus?.close());

const did = (outcomes: Outcome[]) => outcomes.map((outcome) => outcome.kind);
const failureOf = (outcome: Outcome | undefined) => (outcome && 'failure' in outcome ? outcome.failure : undefined);
const calls = (name?: string) =>
  name ? campus.sandbox.state.counters.of(name).calls : campus.sandbox.state.counters.calls;
const types = (events: CloudEvent[]) => events.map(({ type }) => type);
const told = () => campus.published.splice(0);
const run = (events: CloudEvent[], rules: Rules = {}, attempt = 0) =>
  campus.deliver(campus.enroller(rules), events, attempt);
const enrolling = 'enrol_manual_enrol_users';

describe('one student', () => {
  it('with a fresh account is enrolled without reading, and the word goes on', async () => {
    const user = campus.account('1');
    const outcomes = await run([
      said({ user, created: true, courses: [2, { id: 3, role: 'student', begin: 100, end: 200 }] }),
    ]);
    expect(did(outcomes)).toEqual(['done']);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/2`]: '5', [`${user}/3`]: '5 100-200' });
    expect(calls()).toBe(1);
    const [word] = told();
    expect(word).toMatchObject({
      type: 'itk.student.synchronized.v1',
      subject: '1',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: {
        revision: 1000,
        counts: { accountCreated: true, enrolled: 2, updated: 0, suspended: 0, unchanged: 0 },
        validUntil: Date.UTC(2026, 9, 1, 6, 30) / 1000,
      },
    });
  });

  it('unchanged costs no Moodle call, whether repeated or read anew; the validity of a revision never moves', async () => {
    const user = campus.account('1');
    await run([said({ user, created: true, courses: [2] })]);
    const [first] = told();
    const before = calls();
    campus.clock.now += 86_400_000;
    expect(did(await run([said({ user, created: true, courses: [2] })]))).toEqual(['done']);
    expect(told()[0]!.data).toEqual(first!.data);
    expect(did(await run([said({ user, courses: [2], revision: 2000 })]))).toEqual(['done']);
    const [again] = told();
    expect(again!.data).toMatchObject({ revision: 2000, counts: { enrolled: 0, unchanged: 1 } });
    expect((again!.data as { validUntil: number }).validUntil).toBe(Date.UTC(2026, 9, 2, 6, 30) / 1000);
    expect(did(await run([said({ user, courses: [2, 3], revision: 1999 })]))).toEqual(['superseded']);
    expect(told()).toEqual([]);
    expect(calls()).toBe(before);
  });

  it('enrolled by a teacher by hand is left alone, in whatever role and state, and never becomes ours', async () => {
    const { state } = campus.sandbox;
    const user = campus.account('1');
    state.enrolments.enrol(2, user, 4, { timestart: 7, timeend: 8, suspended: false });
    state.enrolments.enrol(3, user, 5, { timestart: 0, timeend: 0, suspended: true });
    state.enrolments.insert({
      courseid: 4,
      userid: user,
      timestart: 0,
      timeend: 0,
      suspended: false,
      roles: [5],
      plugin: 'self',
    });
    const rules = { removal: 'suspend' as const };
    await run([said({ user, courses: [2, 3, 4, 5] })], rules);
    const byHand = { [`${user}/2`]: '4 7-8', [`${user}/3`]: '5 suspended', [`${user}/4`]: '5 self' };
    expect(standing(campus.sandbox)).toEqual({ ...byHand, [`${user}/5`]: '5' });
    expect(told()[0]!.data).toMatchObject({ counts: { enrolled: 1, unchanged: 3 } });
    await run([said({ user, state: 'withdrawn', revision: 2000 })], rules);
    expect(standing(campus.sandbox)).toEqual({ ...byHand, [`${user}/5`]: '5 suspended' });
  });

  it('who leaves a course stays by the rule `keep`; by `suspend` comes back with the old dates', async () => {
    const user = campus.account('1');
    const courses = [{ id: 2, role: 'student', begin: 100, end: 200 }, 3];
    for (const removal of ['keep', 'suspend'] as const) {
      const revision = removal === 'keep' ? 1 : 10;
      await run([said({ user, created: true, courses, revision })], { removal });
      await run([said({ user, courses: [3], revision: revision + 1 })], { removal });
      expect(standing(campus.sandbox)[`${user}/2`]).toBe(removal === 'keep' ? '5 100-200' : '5 100-200 suspended');
    }
    await run([said({ user, courses: [2, 3], revision: 20 })], { removal: 'suspend' });
    expect(standing(campus.sandbox)[`${user}/2`]).toBe('5 100-200');
    expect(told().at(-1)!.data).toMatchObject({ counts: { enrolled: 1, unchanged: 1 } });
  });

  it('changes dates when they are told, and the role without leaving the old one', async () => {
    const user = campus.account('1');
    const rules = { roles: { student: 5, teacher: 4 } };
    campus.sandbox.switches.assignableRoles = [4, 5];
    await run([said({ user, created: true, courses: [{ id: 2, role: 'student', begin: 100 }, 3] })], rules);
    await run(
      [
        said({
          user,
          courses: [
            { id: 2, role: 'student', end: 300 },
            { id: 3, role: 'teacher' },
          ],
          revision: 2000,
        }),
      ],
      rules,
    );
    expect(standing(campus.sandbox)).toEqual({ [`${user}/2`]: '5 100-300', [`${user}/3`]: '4' });
    expect(told().at(-1)!.data).toMatchObject({ counts: { enrolled: 0, updated: 2 } });
    campus.sandbox.switches.assignableRoles = [5];
  });

  it('withdrawn without an account: nothing is done, and the word goes on', async () => {
    expect(did(await run([said({ state: 'withdrawn', courses: [2] })]))).toEqual(['done']);
    expect([calls(), types(told())]).toEqual([0, ['itk.student.synchronized.v1']]);
  });

  it('active without an account breaks the contract', async () => {
    const [outcome] = await run([said({ courses: [2] })]);
    expect([outcome!.kind, failureOf(outcome)?.kind]).toEqual(['dead', 'contract']);
  });

  it('finds courses by idnumber, and says which one Moodle does not know', async () => {
    const user = campus.account('1');
    const courses = [
      { idnumber: 'C4', role: 'student' },
      { idnumber: 'nope', role: 'student' },
    ];
    const [outcome] = await run([said({ user, created: true, courses })]);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/4`]: '5' });
    expect([outcome!.kind, failureOf(outcome)]).toMatchObject(['dead', { kind: 'course', about: 'nope' }]);
  });
});

describe('one human with two studies', () => {
  it('has the union of both, and leaves a course only when neither wants it', async () => {
    const rules = { per: 'individual' as const, removal: 'suspend' as const };
    const user = campus.account('P');
    const of = (code: string, courses: number[], revision: number) =>
      said({ code, individual: 'P', user, courses, revision });
    await run([of('1', [2, 3], 1), of('2', [3, 4], 1)], rules);
    await run([of('1', [], 2)], rules);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/2`]: '5 suspended', [`${user}/3`]: '5', [`${user}/4`]: '5' });
    expect(campus.sandbox.state.counters.noopEnrolments).toBe(0);
  });

  it('fails only the study whose course is bad', async () => {
    const user = campus.account('P');
    const outcomes = await run(
      [
        said({ code: '1', individual: 'P', user, courses: [2], revision: 1 }),
        said({ code: '2', individual: 'P', user, courses: [999], revision: 1 }),
      ],
      { per: 'individual' },
    );
    expect(did(outcomes)).toEqual(['done', 'dead']);
  });
});

describe('a change of bindings', () => {
  it('reaches the studies read before it, within the period, each by an EnrolmentDue', async () => {
    const { now } = campus.clock;
    const user = campus.account('1');
    await run([
      said({ code: '1', user, created: true, courses: [2], revision: now - 1000, sequence: 5 }),
      said({ code: '2', user: campus.account('2'), courses: [2], revision: now - 1000, sequence: 6 }),
      said({ code: '3', user: campus.account('3'), courses: [2], revision: now - 40 * 86_400_000, sequence: 5 }),
    ]);
    told();
    expect(did(await run([bound([3], 6)]))).toEqual(['done']);
    const dues = told();
    expect(dues.map(({ type, subject }) => [type, subject])).toEqual([['itk.enrolment.due.v1', '1']]);
    expect(dues[0]!.data).toMatchObject({ origin: 'onec', revision: expect.any(Number) });
    expect(did(await run(dues, { removal: 'suspend' }))).toEqual(['done']);
    expect(standing(campus.sandbox)).toMatchObject({ [`${user}/2`]: '5 suspended', [`${user}/3`]: '5' });
    const [word] = told();
    expect(word!.data).toMatchObject({ code: '1', revision: now - 1000, counts: { enrolled: 1, suspended: 1 } });
    expect(did(await run([bound([9], 5)]))).toEqual(['superseded']);
    expect(did(await run([bound([3], 6)]))).toEqual(['done']);
    expect(types(told())).toEqual(['itk.enrolment.due.v1']);
  });

  it('and an older StudentChanged do not undo each other, in whatever order they come', async () => {
    const user = campus.account('1');
    await run([bound([3], 6)]);
    await run([said({ user, created: true, courses: [2], sequence: 5 })]);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/3`]: '5' });
    await run([said({ user, courses: [4], sequence: 7, revision: 2000 })]);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/3`]: '5', [`${user}/4`]: '5' });
  });

  it('in the batch of a student costs that student no further message', async () => {
    const user = campus.account('1');
    const outcomes = await run([
      due('1'),
      bound([3], 6),
      said({ user, created: true, courses: [2], sequence: 5, revision: campus.clock.now }),
    ]);
    expect(did(outcomes)).toEqual(['done', 'done', 'done']);
    expect(standing(campus.sandbox)).toEqual({ [`${user}/3`]: '5' });
    expect(types(told())).toEqual(['itk.student.synchronized.v1']);
  });

  it('that fails names the revision of the study it stands for', async () => {
    const user = campus.account('1');
    await run([said({ user, created: true, courses: [2], revision: campus.clock.now, sequence: 5 })]);
    await run([bound([2, 999], 6)]);
    const [outcome] = await run([due('1')]);
    expect(outcome).toMatchObject({
      kind: 'dead',
      failure: { kind: 'course', about: '999' },
      known: { revision: campus.clock.now, origin: 'onec', counts: { unchanged: 1 } } satisfies {
        counts: Partial<SynchronizationFailed['counts']>;
        revision: number;
        origin: 'onec';
      },
    });
  });

  it('for 300 students is done within ten seconds', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const enroller = campus.enroller();
    const revision = campus.clock.now;
    for (let i = 0; i < 300; i += 100)
      await campus.deliver(
        enroller,
        codes
          .slice(i, i + 100)
          .map((code) =>
            said({ code, user: campus.account(code), created: true, courses: [2], revision, sequence: 5 }),
          ),
      );
    told();
    const begin = performance.now();
    await campus.deliver(enroller, [bound([2, 3], 6)]);
    const dues = told();
    expect(dues).toHaveLength(300);
    for (let i = 0; i < 300; i += 100) await campus.deliver(enroller, dues.slice(i, i + 100));
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect([...campus.sandbox.state.enrolments.inCourse(3)]).toHaveLength(300);
    expect(told()).toHaveLength(300);
  });
});

describe('what Moodle refuses', () => {
  it('a bad course: the others are done, the message is dead with what was done, folded by course', async () => {
    const { state } = campus.sandbox;
    const closed = ['moodle/course:viewhiddencourses'];
    state.courses.update(state.courses.get(4)!, { visible: false });
    state.courses.update(state.courses.get(5)!, { manual: false });
    campus.sandbox.switches.capabilitiesMissing = closed;
    for (const [bad, cause] of [
      [999, 'course-missing'],
      [4, 'course-not-accessible'],
      [5, 'no-manual-enrolment'],
    ] as const) {
      for (const created of [true, false]) {
        const code = `${bad}${created}`;
        const user = campus.account(code);
        const [outcome] = await run([said({ code, user, created, courses: [2, bad, 3] })]);
        expect(outcome).toMatchObject({
          kind: 'dead',
          failure: { kind: 'course', cause, about: String(bad) },
          known: { counts: { enrolled: 2 } },
        });
        expect(Object.keys(standing(campus.sandbox)).filter((key) => key.startsWith(`${user}/`))).toEqual([
          `${user}/2`,
          `${user}/3`,
        ]);
        expect(told()).toEqual([]);
      }
    }
    campus.sandbox.switches.capabilitiesMissing = [];
    state.courses.update(state.courses.get(4)!, { visible: true });
    const before = campus.sandbox.state.counters.of(enrolling).records;
    const { id } = state.users.withIdnumber('4true')[0]!;
    const again = said({ code: '4true', user: id, created: true, courses: [2, 4, 3] });
    expect(did(await run([again]))).toEqual(['done']);
    expect(state.counters.of(enrolling).records - before).toBe(1);
  });

  it('a hidden course that hides a lost answer: what was ours stays ours', async () => {
    const { state, switches } = campus.sandbox;
    const user = campus.account('1');
    switches.faults = [{ kind: 'lostAnswer', functions: [enrolling], times: 1 }];
    expect(did(await run([said({ user, created: true, courses: [2] })]))).toEqual(['handBack']);
    state.courses.update(state.courses.get(2)!, { visible: false });
    switches.capabilitiesMissing = ['moodle/course:viewhiddencourses'];
    expect(did(await run([said({ user, created: true, courses: [2] })]))).toEqual(['dead']);
    switches.capabilitiesMissing = [];
    await run([said({ user, created: true, courses: [2] })]);
    await run([said({ user, courses: [], revision: 2000 })], { removal: 'suspend' });
    expect(standing(campus.sandbox)).toEqual({ [`${user}/2`]: '5 suspended' });
  });

  it('a role that may not be given, or that nobody configured: handed back, nobody dead', async () => {
    const user = campus.account('1');
    campus.sandbox.switches.assignableRoles = [];
    const [forbidden] = await run([said({ user, created: true, courses: [2] })]);
    expect([forbidden!.kind, failureOf(forbidden)?.kind]).toEqual(['handBack', 'configuration']);
    campus.sandbox.switches.assignableRoles = [5];
    const [unknown, good] = await run([
      said({ code: '1', user, courses: [2, { id: 3, role: 'tutor' }], revision: 2000 }),
      said({ code: '2', user: campus.account('2'), created: true, courses: [2] }),
    ]);
    expect([unknown!.kind, good!.kind, failureOf(unknown)]).toMatchObject([
      'handBack',
      'done',
      { kind: 'configuration', about: 'tutor' },
    ]);
    expect(failureOf(unknown)!.cure!.en).toContain('moodle.roles');
  });

  it('an account deleted by hand: looked up again once for the revision, then done for the new account', async () => {
    const { state } = campus.sandbox;
    const gone = campus.account('1');
    const good = campus.account('2');
    state.deleteUser(state.users.get(gone)!);
    const both = [said({ code: '1', user: gone, courses: [2, 3] }), said({ code: '2', user: good, courses: [2, 3] })];
    expect(did(await run(both))).toEqual(['done', 'done']);
    expect(types(told()).sort()).toEqual(['itk.account.missing.v1', 'itk.student.synchronized.v1']);
    // Redelivered, it asks again: the asking may have been lost. Another message waits for the answer.
    expect(did(await run([both[0]!]))).toEqual(['done']);
    expect(told()).toMatchObject([
      { type: 'itk.account.missing.v1', data: { origin: 'onec', revision: expect.any(Number) } },
    ]);
    const [again] = await run([said({ code: '1', user: gone, courses: [2, 3] })]);
    expect([again!.kind, failureOf(again)?.cause, told().length]).toEqual(['retry', 'account-missing', 0]);
    const fresh = campus.account('1');
    expect(did(await run([said({ code: '1', user: fresh, created: true, courses: [2, 3] })]))).toEqual(['done']);
    expect(standing(campus.sandbox)).toMatchObject({ [`${fresh}/2`]: '5', [`${good}/3`]: '5' });
  });

  it('the answer lost after the deed: read back, done, and nobody is greeted twice', async () => {
    const { state, switches } = campus.sandbox;
    for (const course of state.courses.all()) state.courses.update(course, { contact: true });
    const students = Array.from({ length: 120 }, (_, index) =>
      said({ code: `s${index}`, user: campus.account(`s${index}`), created: true, courses: [2, 3, 4, 5] }),
    );
    switches.faults = [{ kind: 'lostAnswer', functions: [enrolling], times: 1, after: 1 }];
    expect(new Set(did(await run(students)))).toEqual(new Set(['handBack']));
    expect(told()).toEqual([]);
    expect(new Set(did(await run(students)))).toEqual(new Set(['done']));
    expect(told()).toHaveLength(120);
    expect(state.counters.welcomeMessages).toBe(480);
    expect(state.counters.noopEnrolments).toBe(0);
    expect(state.enrolments.size).toBe(480);
  });

  it('deadlocks: never two calls with one student, whatever the batch', async () => {
    campus.sandbox.switches.cost = { callMs: 5, createdUserMs: 0, enrolmentMs: 0, workers: 2 };
    const students = Array.from({ length: 120 }, (_, index) =>
      said({ code: `s${index}`, user: campus.account(`s${index}`), created: true, courses: [2, 3, 4, 5, 6, 7, 8, 9] }),
    );
    expect(new Set(did(await run([...students, ...students])))).toEqual(new Set(['done']));
    campus.sandbox.switches.cost = null;
    const { counters } = campus.sandbox.state;
    expect(counters.mostInFlight).toBe(2);
    expect([counters.sharedUserCollisions, counters.orderCollisions, counters.deadlocks]).toEqual([0, 0, 0]);
    expect(calls()).toBe(counters.of(enrolling).calls);
  });
});

describe('the academic group', () => {
  const members = () =>
    Object.fromEntries(
      [...campus.sandbox.state.groups.all()].map(({ courseid, name, members }) => [
        `${courseid}/${name}`,
        [...members].sort((a, b) => a - b),
      ]),
    );

  it('is a group in each course, made once, taken over where it is there; who moves leaves the old one', async () => {
    const rules = { grouping: 'group' as const };
    const byHand = campus.sandbox.state.groups.insert({ courseid: 3, name: 'A & B' });
    const [one, two] = [campus.account('1'), campus.account('2')];
    campus.sandbox.state.enrolments.enrol(3, two, 5, { timestart: 0, timeend: 0, suspended: false });
    campus.sandbox.state.groups.addMember(byHand, two);
    await run(
      [
        said({ code: '1', user: one, created: true, courses: [2, 3], group: 'A & B' }),
        said({ code: '2', user: two, courses: [2, 3], group: 'A & B' }),
      ],
      rules,
    );
    expect(members()).toEqual({ '2/A & B': [one, two], '3/A & B': [one, two] });
    const before = calls();
    await run([said({ code: '1', user: one, courses: [2, 3], group: 'A & B', revision: 1500 })], rules);
    expect(calls()).toBe(before);
    await run(
      [
        said({ code: '1', user: one, courses: [2, 3], group: 'C', revision: 2000 }),
        said({ code: '2', user: two, courses: [2, 3], group: 'C', revision: 2000 }),
      ],
      rules,
    );
    expect(members()).toEqual({ '2/A & B': [], '3/A & B': [two], '2/C': [one, two], '3/C': [one, two] });
  });

  it('deleted by hand is made anew', async () => {
    const rules = { grouping: 'group' as const };
    await run([said({ code: '1', user: campus.account('1'), created: true, courses: [2] })], rules);
    const [group] = campus.sandbox.state.groups.all();
    campus.sandbox.state.groups.remove(group!);
    const user = campus.account('2');
    expect(did(await run([said({ code: '2', user, created: true, courses: [2] })], rules))).toEqual(['done']);
    expect(members()).toEqual({ '2/ИВТ-21': [user] });
  });

  it('a name with markup: cleaned as Moodle would, known by its ID number; the group of a cleaned name is another', async () => {
    const user = campus.account('1');
    const group = 'Группа <1>/2';
    campus.sandbox.state.groups.insert({ courseid: 3, name: 'Группа /2', idnumber: 'another' });
    const named = campus.sandbox.state.groups.insert({ courseid: 4, name: 'Вторая', idnumber: group });
    const rules = { grouping: 'group' as const };
    const outcomes = await run([said({ user, created: true, courses: [2, 3, 4], group })], rules);
    expect(outcomes).toMatchObject([{ kind: 'dead', failure: { cause: 'group-taken', about: '3' } }]);
    expect(members()).toEqual({ '2/Группа /2': [user], '3/Группа /2': [], '4/Вторая': [user] });
    expect([...campus.sandbox.state.groups.all()].map(({ idnumber }) => idnumber)).toEqual(['another', group, group]);
    expect(named.members.has(user)).toBe(true);
    await run([said({ user, courses: [2], group, revision: 2000 })], { grouping: 'cohort' });
    const [cohort] = campus.sandbox.state.cohorts.all();
    expect(cohort).toMatchObject({ name: 'Группа /2', idnumber: group });
  });

  it('or one cohort of the site', async () => {
    const rules = { grouping: 'cohort' as const, removal: 'suspend' as const };
    const user = campus.account('1');
    await run([said({ user, created: true, courses: [2] })], rules);
    await run([said({ user, courses: [2], group: 'B', revision: 2000 })], rules);
    const cohorts = () =>
      Object.fromEntries(
        [...campus.sandbox.state.cohorts.all()].map(({ idnumber, members }) => [idnumber, [...members]]),
      );
    expect(cohorts()).toEqual({ 'ИВТ-21': [], B: [user] });
    await run([said({ user, state: 'withdrawn', group: 'B', revision: 3000 })], rules);
    expect(cohorts()).toEqual({ 'ИВТ-21': [], B: [] });
  });
});

describe('many at once', () => {
  it('100 new students with 8 courses: six calls at 1000 variables, two at 5000; a pass of the same costs none', async () => {
    const courses = [2, 3, 4, 5, 6, 7, 8, 9];
    for (const [vars, most] of [
      [1000, 6],
      [5000, 2],
    ] as const) {
      await campus.clean();
      campus.sandbox.switches.maxInputVars = vars;
      const students = Array.from({ length: 100 }, (_, index) => ({
        code: `s${index}`,
        user: campus.account(`s${index}`),
        courses,
      }));
      const enroller = campus.enroller();
      await campus.deliver(
        enroller,
        students.map((each) => said({ ...each, created: true })),
      );
      expect(calls()).toBeLessThanOrEqual(most);
      expect(campus.sandbox.state.enrolments.size).toBe(800);
      const before = calls();
      await campus.deliver(
        enroller,
        students.map((each) => said({ ...each, revision: 2000 })),
      );
      expect(calls()).toBe(before);
    }
    campus.sandbox.switches.maxInputVars = 1000;
  });
});

describe('refused alike, with no cause to be found', () => {
  const codes = ['1', '2', '3', '4', '5'];
  const offered = (revision: number, courses = [2]) =>
    codes.map((code) => said({ code, user: campus.sandbox.state.users.withIdnumber(code)[0]!.id, courses, revision }));

  it('five are a setting, but not when each was given up before: their next offer pauses nobody', async () => {
    for (const code of codes) campus.account(code);
    campus.sandbox.switches.faults = [{ kind: 'refused', functions: [enrolling] }];
    expect(did(await run(offered(1000)))).toEqual(Array(5).fill('handBack'));
    for (const event of offered(1000)) expect(did(await run([event]))).toEqual(['dead']);
    expect(did(await run(offered(2000)))).toEqual(Array(5).fill('dead'));
    campus.sandbox.switches.faults = [];
    expect(did(await run(offered(3000)))).toEqual(Array(5).fill('done'));
    // A success makes them anybody again.
    campus.sandbox.switches.faults = [{ kind: 'refused', functions: [enrolling] }];
    expect(did(await run(offered(4000, [3])))).toEqual(Array(5).fill('handBack'));
  });
});
