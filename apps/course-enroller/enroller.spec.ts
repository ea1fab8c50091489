import { failureOf, kindsOf, enrollerSetup, standing, typesOf, userProvisioned } from './testing/setup.js';

const setup = enrollerSetup();

describe('one student', () => {
  it('with a fresh account is enrolled without reading, and the word goes on', async () => {
    const user = setup.account('1');
    const outcomes = await setup.run([
      userProvisioned({ user, created: true, courses: [2, { id: 3, role: 'student', begin: 100, end: 200 }] }),
    ]);
    expect(kindsOf(outcomes)).toEqual(['done']);
    expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5', [`${user}/3`]: '5 100-200' });
    expect(setup.calls()).toBe(1);
    const [word] = setup.takePublished();
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
    const user = setup.account('1');
    await setup.run([userProvisioned({ user, created: true, courses: [2] })]);
    const [first] = setup.takePublished();
    const before = setup.calls();
    setup.clock.now += 86_400_000;
    expect(kindsOf(await setup.run([userProvisioned({ user, created: true, courses: [2] })]))).toEqual(['done']);
    expect(setup.takePublished()[0]!.data).toEqual(first!.data);
    expect(kindsOf(await setup.run([userProvisioned({ user, courses: [2], revision: 2000 })]))).toEqual(['done']);
    const [again] = setup.takePublished();
    expect(again!.data).toMatchObject({ revision: 2000, counts: { enrolled: 0, unchanged: 1 } });
    expect((again!.data as { validUntil: number }).validUntil).toBe(Date.UTC(2026, 9, 2, 6, 30) / 1000);
    expect(kindsOf(await setup.run([userProvisioned({ user, courses: [2, 3], revision: 1999 })]))).toEqual([
      'superseded',
    ]);
    expect(setup.takePublished()).toEqual([]);
    expect(setup.calls()).toBe(before);
  });

  it('enrolled by a teacher by hand is left alone, in whatever role and state, and never becomes ours', async () => {
    const { state } = setup.sandbox;
    const user = setup.account('1');
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
    await setup.run([userProvisioned({ user, courses: [2, 3, 4, 5] })], rules);
    const byHand = { [`${user}/2`]: '4 7-8', [`${user}/3`]: '5 suspended', [`${user}/4`]: '5 self' };
    expect(standing(setup.sandbox)).toEqual({ ...byHand, [`${user}/5`]: '5' });
    expect(setup.takePublished()[0]!.data).toMatchObject({ counts: { enrolled: 1, unchanged: 3 } });
    await setup.run([userProvisioned({ user, state: 'withdrawn', revision: 2000 })], rules);
    expect(standing(setup.sandbox)).toEqual({ ...byHand, [`${user}/5`]: '5 suspended' });
  });

  it('who leaves a course stays by the rule `keep`; by `suspend` comes back with the old dates', async () => {
    const user = setup.account('1');
    const courses = [{ id: 2, role: 'student', begin: 100, end: 200 }, 3];
    for (const removal of ['keep', 'suspend'] as const) {
      const revision = removal === 'keep' ? 1 : 10;
      await setup.run([userProvisioned({ user, created: true, courses, revision })], { removal });
      await setup.run([userProvisioned({ user, courses: [3], revision: revision + 1 })], { removal });
      expect(standing(setup.sandbox)[`${user}/2`]).toBe(removal === 'keep' ? '5 100-200' : '5 100-200 suspended');
    }
    await setup.run([userProvisioned({ user, courses: [2, 3], revision: 20 })], { removal: 'suspend' });
    expect(standing(setup.sandbox)[`${user}/2`]).toBe('5 100-200');
    expect(setup.takePublished().at(-1)!.data).toMatchObject({ counts: { enrolled: 1, unchanged: 1 } });
  });

  it('changes dates when they are told, and the role without leaving the old one', async () => {
    const user = setup.account('1');
    const rules = { roles: { student: 5, teacher: 4 } };
    setup.sandbox.switches.assignableRoles = [4, 5];
    await setup.run(
      [userProvisioned({ user, created: true, courses: [{ id: 2, role: 'student', begin: 100 }, 3] })],
      rules,
    );
    await setup.run(
      [
        userProvisioned({
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
    expect(standing(setup.sandbox)).toEqual({ [`${user}/2`]: '5 100-300', [`${user}/3`]: '4' });
    expect(setup.takePublished().at(-1)!.data).toMatchObject({ counts: { enrolled: 0, updated: 2 } });
    setup.sandbox.switches.assignableRoles = [5];
  });

  it('withdrawn without an account: nothing is done, and the word goes on', async () => {
    expect(kindsOf(await setup.run([userProvisioned({ state: 'withdrawn', courses: [2] })]))).toEqual(['done']);
    expect([setup.calls(), typesOf(setup.takePublished())]).toEqual([0, ['itk.student.synchronized.v1']]);
  });

  it('active without an account breaks the contract', async () => {
    const [outcome] = await setup.run([userProvisioned({ courses: [2] })]);
    expect([outcome!.kind, failureOf(outcome)?.kind]).toEqual(['dead', 'contract']);
  });

  it('finds courses by idnumber, and says which one Moodle does not know', async () => {
    const user = setup.account('1');
    const courses = [
      { idnumber: 'C4', role: 'student' },
      { idnumber: 'nope', role: 'student' },
    ];
    const [outcome] = await setup.run([userProvisioned({ user, created: true, courses })]);
    expect(standing(setup.sandbox)).toEqual({ [`${user}/4`]: '5' });
    expect([outcome!.kind, failureOf(outcome)]).toMatchObject(['dead', { kind: 'course', about: 'nope' }]);
  });
});

describe('one human with two studies', () => {
  it('has the union of both, and leaves a course only when neither wants it', async () => {
    const rules = { per: 'individual' as const, removal: 'suspend' as const };
    const user = setup.account('P');
    const provisioned = (code: string, courses: number[], revision: number) =>
      userProvisioned({ code, individual: 'P', user, courses, revision });
    await setup.run([provisioned('1', [2, 3], 1), provisioned('2', [3, 4], 1)], rules);
    await setup.run([provisioned('1', [], 2)], rules);
    expect(standing(setup.sandbox)).toEqual({
      [`${user}/2`]: '5 suspended',
      [`${user}/3`]: '5',
      [`${user}/4`]: '5',
    });
    expect(setup.sandbox.state.counters.noopEnrolments).toBe(0);
  });

  it('fails only the study whose course is bad', async () => {
    const user = setup.account('P');
    const outcomes = await setup.run(
      [
        userProvisioned({ code: '1', individual: 'P', user, courses: [2], revision: 1 }),
        userProvisioned({ code: '2', individual: 'P', user, courses: [999], revision: 1 }),
      ],
      { per: 'individual' },
    );
    expect(kindsOf(outcomes)).toEqual(['done', 'dead']);
  });
});

describe('many at once', () => {
  it('100 new students with 8 courses: six calls at 1000 variables, two at 5000; a pass of the same costs none', async () => {
    const courses = [2, 3, 4, 5, 6, 7, 8, 9];
    for (const [vars, most] of [
      [1000, 6],
      [5000, 2],
    ] as const) {
      await setup.clean();
      setup.sandbox.switches.maxInputVars = vars;
      const students = Array.from({ length: 100 }, (_, index) => ({
        code: `s${index}`,
        user: setup.account(`s${index}`),
        courses,
      }));
      const enroller = setup.enroller();
      await setup.deliver(
        enroller,
        students.map((each) => userProvisioned({ ...each, created: true })),
      );
      expect(setup.calls()).toBeLessThanOrEqual(most);
      expect(setup.sandbox.state.enrolments.size).toBe(800);
      const before = setup.calls();
      await setup.deliver(
        enroller,
        students.map((each) => userProvisioned({ ...each, revision: 2000 })),
      );
      expect(setup.calls()).toBe(before);
    }
    setup.sandbox.switches.maxInputVars = 1000;
  });
});
