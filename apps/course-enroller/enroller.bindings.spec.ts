import type { SynchronizationFailed } from '#contracts';
import {
  bindingChanged,
  enrolmentDue,
  kindsOf,
  openWorkbench,
  standing,
  typesOf,
  userProvisioned,
  type Workbench,
} from './testing/workbench.js';

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
beforeEach(() => workbench.clean());
afterAll(() => workbench?.close());

describe('a change of bindings', () => {
  it('reaches the studies read before it, within the period, each by an EnrolmentDue', async () => {
    const { now } = workbench.clock;
    const user = workbench.account('1');
    await workbench.run([
      userProvisioned({ code: '1', user, created: true, courses: [2], revision: now - 1000, sequence: 5 }),
      userProvisioned({ code: '2', user: workbench.account('2'), courses: [2], revision: now - 1000, sequence: 6 }),
      userProvisioned({
        code: '3',
        user: workbench.account('3'),
        courses: [2],
        revision: now - 40 * 86_400_000,
        sequence: 5,
      }),
    ]);
    workbench.takePublished();
    expect(kindsOf(await workbench.run([bindingChanged([3], 6)]))).toEqual(['done']);
    const dues = workbench.takePublished();
    expect(dues.map(({ type, subject }) => [type, subject])).toEqual([['itk.enrolment.due.v1', '1']]);
    expect(dues[0]!.data).toMatchObject({ origin: 'onec', revision: expect.any(Number) });
    expect(kindsOf(await workbench.run(dues, { removal: 'suspend' }))).toEqual(['done']);
    expect(standing(workbench.sandbox)).toMatchObject({ [`${user}/2`]: '5 suspended', [`${user}/3`]: '5' });
    const [word] = workbench.takePublished();
    expect(word!.data).toMatchObject({ code: '1', revision: now - 1000, counts: { enrolled: 1, suspended: 1 } });
    expect(kindsOf(await workbench.run([bindingChanged([9], 5)]))).toEqual(['superseded']);
    expect(kindsOf(await workbench.run([bindingChanged([3], 6)]))).toEqual(['done']);
    expect(typesOf(workbench.takePublished())).toEqual(['itk.enrolment.due.v1']);
  });

  it('and an older StudentChanged do not undo each other, in whatever order they come', async () => {
    const user = workbench.account('1');
    await workbench.run([bindingChanged([3], 6)]);
    await workbench.run([userProvisioned({ user, created: true, courses: [2], sequence: 5 })]);
    expect(standing(workbench.sandbox)).toEqual({ [`${user}/3`]: '5' });
    await workbench.run([userProvisioned({ user, courses: [4], sequence: 7, revision: 2000 })]);
    expect(standing(workbench.sandbox)).toEqual({ [`${user}/3`]: '5', [`${user}/4`]: '5' });
  });

  it('in the batch of a student costs that student no further message', async () => {
    const user = workbench.account('1');
    const outcomes = await workbench.run([
      enrolmentDue('1'),
      bindingChanged([3], 6),
      userProvisioned({ user, created: true, courses: [2], sequence: 5, revision: workbench.clock.now }),
    ]);
    expect(kindsOf(outcomes)).toEqual(['done', 'done', 'done']);
    expect(standing(workbench.sandbox)).toEqual({ [`${user}/3`]: '5' });
    expect(typesOf(workbench.takePublished())).toEqual(['itk.student.synchronized.v1']);
  });

  it('taken up with a message that names an account that is gone reaches the account that is there', async () => {
    const { state } = workbench.sandbox;
    const gone = workbench.account('1');
    state.deleteUser(state.users.get(gone)!);
    const there = workbench.account('1');
    const revision = workbench.clock.now;
    const provisioned = (user: number) =>
      userProvisioned({ user, created: user === there, courses: [2], sequence: 1, revision });
    await workbench.run([provisioned(there)]);
    workbench.takePublished();
    await workbench.run([bindingChanged([3], 2), provisioned(gone)]);
    expect(typesOf(workbench.takePublished())).toEqual(['itk.account.missing.v1']);
    expect(kindsOf(await workbench.run([provisioned(there)]))).toEqual(['done']);
    expect(standing(workbench.sandbox)).toEqual({ [`${there}/2`]: '5', [`${there}/3`]: '5' });
  });

  it('that fails names the revision of the study it stands for', async () => {
    const user = workbench.account('1');
    await workbench.run([
      userProvisioned({ user, created: true, courses: [2], revision: workbench.clock.now, sequence: 5 }),
    ]);
    await workbench.run([bindingChanged([2, 999], 6)]);
    const [outcome] = await workbench.run([enrolmentDue('1')]);
    expect(outcome).toMatchObject({
      kind: 'dead',
      failure: { kind: 'course', about: '999' },
      known: { revision: workbench.clock.now, origin: 'onec', counts: { unchanged: 1 } } satisfies {
        counts: Partial<SynchronizationFailed['counts']>;
        revision: number;
        origin: 'onec';
      },
    });
  });

  it('for 300 students is done within ten seconds', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const enroller = workbench.enroller();
    const revision = workbench.clock.now;
    for (let i = 0; i < 300; i += 100)
      await workbench.deliver(
        enroller,
        codes.slice(i, i + 100).map((code) =>
          userProvisioned({
            code,
            user: workbench.account(code),
            created: true,
            courses: [2],
            revision,
            sequence: 5,
          }),
        ),
      );
    workbench.takePublished();
    const begin = performance.now();
    await workbench.deliver(enroller, [bindingChanged([2, 3], 6)]);
    const dues = workbench.takePublished();
    expect(dues).toHaveLength(300);
    for (let i = 0; i < 300; i += 100) await workbench.deliver(enroller, dues.slice(i, i + 100));
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect([...workbench.sandbox.state.enrolments.inCourse(3)]).toHaveLength(300);
    expect(workbench.takePublished()).toHaveLength(300);
  });
});
