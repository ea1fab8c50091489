import { failureOf, kindsOf, enrollerSetup, standing, typesOf, userProvisioned } from './testing/setup.js';

const setup = enrollerSetup();

const enrolling = 'enrol_manual_enrol_users';

describe('what Moodle refuses', () => {
  it('a bad course: the others are done, the message is dead with what was done, folded by course', async () => {
    const { state } = setup.sandbox;
    const closed = ['moodle/course:viewhiddencourses'];
    state.courses.update(state.courses.get(4)!, { visible: false });
    state.courses.update(state.courses.get(5)!, { manual: false });
    setup.sandbox.switches.capabilitiesMissing = closed;
    for (const [bad, cause] of [
      [999, 'course-missing'],
      [4, 'course-not-accessible'],
      [5, 'no-manual-enrolment'],
    ] as const) {
      for (const created of [true, false]) {
        const code = `${bad}${created}`;
        const user = setup.account(code);
        const [outcome] = await setup.run([userProvisioned({ code, user, created, courses: [2, bad, 3] })]);
        expect(outcome).toMatchObject({
          kind: 'dead',
          failure: { kind: 'course', cause, about: String(bad) },
          known: { counts: { enrolled: 2 } },
        });
        expect(Object.keys(standing(setup.sandbox)).filter((key) => key.startsWith(`${user}/`))).toEqual([
          `${user}/2`,
          `${user}/3`,
        ]);
        expect(setup.takePublished()).toEqual([]);
      }
    }
    setup.sandbox.switches.capabilitiesMissing = [];
    state.courses.update(state.courses.get(4)!, { visible: true });
    const before = setup.sandbox.state.counters.of(enrolling).records;
    const { id } = state.users.withIdnumber('4true')[0]!;
    const again = userProvisioned({ code: '4true', user: id, created: true, courses: [2, 4, 3] });
    expect(kindsOf(await setup.run([again]))).toEqual(['done']);
    expect(state.counters.of(enrolling).records - before).toBe(1);
  });

  it('a hidden course that hides a lost answer: what was ours stays ours', async () => {
    const { state, switches } = setup.sandbox;
    const user = setup.account('1');
    switches.faults = [{ kind: 'lostAnswer', functions: [enrolling], times: 1 }];
    expect(kindsOf(await setup.run([userProvisioned({ user, created: true, courses: [2] })]))).toEqual(['handBack']);
    state.courses.update(state.courses.get(2)!, { visible: false });
    switches.capabilitiesMissing = ['moodle/course:viewhiddencourses'];
    expect(kindsOf(await setup.run([userProvisioned({ user, created: true, courses: [2] })]))).toEqual(['dead']);
    switches.capabilitiesMissing = [];
    await setup.run([userProvisioned({ user, created: true, courses: [2] })]);
    await setup.run([userProvisioned({ user, courses: [], revision: 2000 })], { removal: 'suspend' });
    expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5 suspended' });
  });

  it('a role that may not be given, or that nobody configured: handed back, nobody dead', async () => {
    const user = setup.account('1');
    setup.sandbox.switches.assignableRoles = [];
    const [forbidden] = await setup.run([userProvisioned({ user, created: true, courses: [2] })]);
    expect([forbidden!.kind, failureOf(forbidden)?.kind]).toEqual(['handBack', 'configuration']);
    setup.sandbox.switches.assignableRoles = [5];
    const [unknown, good] = await setup.run([
      userProvisioned({ code: '1', user, courses: [2, { id: 3, role: 'tutor' }], revision: 2000 }),
      userProvisioned({ code: '2', user: setup.account('2'), created: true, courses: [2] }),
    ]);
    expect([unknown!.kind, good!.kind, failureOf(unknown)]).toMatchObject([
      'handBack',
      'done',
      { kind: 'configuration', about: 'tutor' },
    ]);
    expect(failureOf(unknown)!.cure!.en).toContain('moodle.roles');
  });

  it('an account deleted by hand: looked up again once for the revision, then done for the new account', async () => {
    const { state } = setup.sandbox;
    const gone = setup.account('1');
    const good = setup.account('2');
    state.deleteUser(state.users.get(gone)!);
    const both = [
      userProvisioned({ code: '1', user: gone, courses: [2, 3] }),
      userProvisioned({ code: '2', user: good, courses: [2, 3] }),
    ];
    expect(kindsOf(await setup.run(both))).toEqual(['done', 'done']);
    expect(typesOf(setup.takePublished()).sort()).toEqual(['itk.account.missing.v1', 'itk.student.synchronized.v1']);
    // Redelivered, it asks again: the asking may have been lost. Another message waits for the answer.
    expect(kindsOf(await setup.run([both[0]!]))).toEqual(['done']);
    expect(setup.takePublished()).toMatchObject([
      { type: 'itk.account.missing.v1', data: { origin: 'onec', revision: expect.any(Number) } },
    ]);
    const [again] = await setup.run([userProvisioned({ code: '1', user: gone, courses: [2, 3] })]);
    expect([again!.kind, failureOf(again)?.cause, setup.takePublished().length]).toEqual([
      'retry',
      'account-missing',
      0,
    ]);
    const fresh = setup.account('1');
    expect(
      kindsOf(await setup.run([userProvisioned({ code: '1', user: fresh, created: true, courses: [2, 3] })])),
    ).toEqual(['done']);
    expect(standing(setup.sandbox)).toMatchObject({ [`${fresh}/2`]: '5', [`${good}/3`]: '5' });
  });

  it('the answer lost after the deed: read back, done, and nobody is greeted twice', async () => {
    const { state, switches } = setup.sandbox;
    for (const course of state.courses.all()) state.courses.update(course, { contact: true });
    const students = Array.from({ length: 120 }, (_, index) =>
      userProvisioned({
        code: `s${index}`,
        user: setup.account(`s${index}`),
        created: true,
        courses: [2, 3, 4, 5],
      }),
    );
    switches.faults = [{ kind: 'lostAnswer', functions: [enrolling], times: 1, after: 1 }];
    expect(new Set(kindsOf(await setup.run(students)))).toEqual(new Set(['handBack']));
    expect(setup.takePublished()).toEqual([]);
    expect(new Set(kindsOf(await setup.run(students)))).toEqual(new Set(['done']));
    expect(setup.takePublished()).toHaveLength(120);
    expect(state.counters.welcomeMessages).toBe(480);
    expect(state.counters.noopEnrolments).toBe(0);
    expect(state.enrolments.size).toBe(480);
  });

  it('deadlocks: never two calls with one student, whatever the batch', async () => {
    setup.sandbox.switches.cost = { callMs: 5, createdUserMs: 0, enrolmentMs: 0, workers: 2 };
    const students = Array.from({ length: 120 }, (_, index) =>
      userProvisioned({
        code: `s${index}`,
        user: setup.account(`s${index}`),
        created: true,
        courses: [2, 3, 4, 5, 6, 7, 8, 9],
      }),
    );
    expect(new Set(kindsOf(await setup.run([...students, ...students])))).toEqual(new Set(['done']));
    setup.sandbox.switches.cost = null;
    const { counters } = setup.sandbox.state;
    expect(counters.mostInFlight).toBe(2);
    expect([counters.sharedUserCollisions, counters.orderCollisions, counters.deadlocks]).toEqual([0, 0, 0]);
    expect(setup.calls()).toBe(counters.of(enrolling).calls);
  });
});

describe('refused alike, with no cause to be found', () => {
  const codes = ['1', '2', '3', '4', '5'];
  const offered = (revision: number, courses = [2]) =>
    codes.map((code) =>
      userProvisioned({ code, user: setup.sandbox.state.users.withIdnumber(code)[0]!.id, courses, revision }),
    );

  it('five are a setting, but not when each was given up before: their next offer pauses nobody', async () => {
    for (const code of codes) setup.account(code);
    setup.sandbox.switches.faults = [{ kind: 'refused', functions: [enrolling] }];
    expect(kindsOf(await setup.run(offered(1000)))).toEqual(Array(5).fill('handBack'));
    for (const event of offered(1000)) expect(kindsOf(await setup.run([event]))).toEqual(['dead']);
    expect(kindsOf(await setup.run(offered(2000)))).toEqual(Array(5).fill('dead'));
    setup.sandbox.switches.faults = [];
    expect(kindsOf(await setup.run(offered(3000)))).toEqual(Array(5).fill('done'));
    // A success makes them anybody again.
    setup.sandbox.switches.faults = [{ kind: 'refused', functions: [enrolling] }];
    expect(kindsOf(await setup.run(offered(4000, [3])))).toEqual(Array(5).fill('handBack'));
  });
});
