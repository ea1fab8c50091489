import type { SynchronizationFailed } from '#contracts';
import {
  bindingChanged,
  enrolmentDue,
  kindsOf,
  enrollerSetup,
  standing,
  typesOf,
  userProvisioned,
} from './testing/setup.js';

const setup = enrollerSetup();

describe('a change of bindings', () => {
  it('reaches the studies read before it, within the period, each by an EnrolmentDue', async () => {
    const { now } = setup.clock;
    const user = setup.account('1');
    await setup.run([
      userProvisioned({ code: '1', user, created: true, courses: [2], revision: now - 1000, sequence: 5 }),
      userProvisioned({ code: '2', user: setup.account('2'), courses: [2], revision: now - 1000, sequence: 6 }),
      userProvisioned({
        code: '3',
        user: setup.account('3'),
        courses: [2],
        revision: now - 40 * 86_400_000,
        sequence: 5,
      }),
    ]);
    setup.takePublished();
    expect(kindsOf(await setup.run([bindingChanged([3], 6)]))).toEqual(['done']);
    const dues = setup.takePublished();
    expect(dues.map(({ type, subject }) => [type, subject])).toEqual([['itk.enrolment.due.v1', '1']]);
    expect(dues[0]!.data).toMatchObject({ origin: 'onec', revision: expect.any(Number) });
    expect(kindsOf(await setup.run(dues, { removal: 'suspend' }))).toEqual(['done']);
    expect(standing(setup.sandbox)).toMatchObject({ [`${user}/2`]: '5 suspended', [`${user}/3`]: '5' });
    const [word] = setup.takePublished();
    expect(word!.data).toMatchObject({ code: '1', revision: now - 1000, counts: { enrolled: 1, suspended: 1 } });
    expect(kindsOf(await setup.run([bindingChanged([9], 5)]))).toEqual(['superseded']);
    expect(kindsOf(await setup.run([bindingChanged([3], 6)]))).toEqual(['done']);
    expect(typesOf(setup.takePublished())).toEqual(['itk.enrolment.due.v1']);
  });

  it('and an older StudentChanged do not undo each other, in whatever order they come', async () => {
    const user = setup.account('1');
    await setup.run([bindingChanged([3], 6)]);
    await setup.run([userProvisioned({ user, created: true, courses: [2], sequence: 5 })]);
    expect(standing(setup.sandbox)).toEqual({ [`${user}/3`]: '5' });
    await setup.run([userProvisioned({ user, courses: [4], sequence: 7, revision: 2000 })]);
    expect(standing(setup.sandbox)).toEqual({ [`${user}/3`]: '5', [`${user}/4`]: '5' });
  });

  it('in the batch of a student costs that student no further message', async () => {
    const user = setup.account('1');
    const outcomes = await setup.run([
      enrolmentDue('1'),
      bindingChanged([3], 6),
      userProvisioned({ user, created: true, courses: [2], sequence: 5, revision: setup.clock.now }),
    ]);
    expect(kindsOf(outcomes)).toEqual(['done', 'done', 'done']);
    expect(standing(setup.sandbox)).toEqual({ [`${user}/3`]: '5' });
    expect(typesOf(setup.takePublished())).toEqual(['itk.student.synchronized.v1']);
  });

  it('taken up with a message that names an account that is gone reaches the account that is there', async () => {
    const { state } = setup.sandbox;
    const gone = setup.account('1');
    state.deleteUser(state.users.get(gone)!);
    const there = setup.account('1');
    const revision = setup.clock.now;
    const provisioned = (user: number) =>
      userProvisioned({ user, created: user === there, courses: [2], sequence: 1, revision });
    await setup.run([provisioned(there)]);
    setup.takePublished();
    await setup.run([bindingChanged([3], 2), provisioned(gone)]);
    expect(typesOf(setup.takePublished())).toEqual(['itk.account.missing.v1']);
    expect(kindsOf(await setup.run([provisioned(there)]))).toEqual(['done']);
    expect(standing(setup.sandbox)).toEqual({ [`${there}/2`]: '5', [`${there}/3`]: '5' });
  });

  it('that fails names the revision of the study it stands for', async () => {
    const user = setup.account('1');
    await setup.run([userProvisioned({ user, created: true, courses: [2], revision: setup.clock.now, sequence: 5 })]);
    await setup.run([bindingChanged([2, 999], 6)]);
    const [outcome] = await setup.run([enrolmentDue('1')]);
    expect(outcome).toMatchObject({
      kind: 'dead',
      failure: { kind: 'course', about: '999' },
      known: { revision: setup.clock.now, origin: 'onec', counts: { unchanged: 1 } } satisfies {
        counts: Partial<SynchronizationFailed['counts']>;
        revision: number;
        origin: 'onec';
      },
    });
  });

  it('for 300 students is done within ten seconds', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const enroller = setup.enroller();
    const revision = setup.clock.now;
    for (let i = 0; i < 300; i += 100)
      await setup.deliver(
        enroller,
        codes.slice(i, i + 100).map((code) =>
          userProvisioned({
            code,
            user: setup.account(code),
            created: true,
            courses: [2],
            revision,
            sequence: 5,
          }),
        ),
      );
    setup.takePublished();
    const begin = performance.now();
    await setup.deliver(enroller, [bindingChanged([2, 3], 6)]);
    const dues = setup.takePublished();
    expect(dues).toHaveLength(300);
    for (let i = 0; i < 300; i += 100) await setup.deliver(enroller, dues.slice(i, i + 100));
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect([...setup.sandbox.state.enrolments.inCourse(3)]).toHaveLength(300);
    expect(setup.takePublished()).toHaveLength(300);
  });
});
