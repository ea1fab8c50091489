import { student } from '../testing/students.js';
import { changed, vanished } from '../testing/setup.js';
import { causes, outcomeKinds, setups } from '../testing/setups.js';

const openSetup = setups();

describe('an account that vanished', () => {
  it('is made anew under the same username, once for each revision, and what was enrolled is told on', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    const [first] = setup.account('1');
    setup.moodle.state.deleteUser(first!);
    const said = new Date(setup.now - 1000);
    expect(outcomeKinds(await setup.deliver(vanished('1', said)))).toEqual(['done']);
    const [second] = setup.account('1');
    expect(second).toMatchObject({ username: '1', lastname: 'Иванов1' });
    expect(second!.id).not.toBe(first!.id);
    expect(setup.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });

    const calls = await setup.calls(async () => {
      expect(outcomeKinds(await setup.deliver(vanished('1', said)))).toEqual(['done']);
      expect(setup.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });
      const [outcome] = await setup.deliver(vanished('1', new Date(setup.now + 1000)));
      expect(outcome).toMatchObject({
        kind: 'dead',
        failure: { kind: 'unexplained', cause: 'account-missing-again' },
        known: { revision: 5, origin: 'onec' },
      });
    });
    expect(calls).toEqual({});
    setup.moodle.state.deleteUser(second!);
    await setup.students(student('1', 6));
    expect(outcomeKinds(await setup.deliver(vanished('1', new Date(setup.now + 2000))))).toEqual(['done']);
    expect(setup.account('1')).toHaveLength(1);
  });

  it('that did not vanish is left as it is', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    const calls = await setup.calls(() => setup.deliver(vanished('1')));
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(setup.follow[1]).toMatchObject({ moodleUserId: setup.follow[0]!.moodleUserId, accountCreated: false });
  });

  it('of a withdrawn student is not made anew', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    await setup.students(student('1', 6, { state: 'withdrawn' }));
    setup.moodle.state.deleteUser(setup.account('1')[0]!);
    expect(outcomeKinds(await setup.deliver(vanished('1')))).toEqual(['done']);
    expect(setup.follow.at(-1)).toEqual({ ...student('1', 6, { state: 'withdrawn' }), accountCreated: false });
    expect(setup.everybody()).toHaveLength(0);
  });

  it('with a new revision in the same batch is one piece of work', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    setup.moodle.state.deleteUser(setup.account('1')[0]!);
    expect(outcomeKinds(await setup.deliver(vanished('1'), changed(student('1', 6))))).toEqual(['done', 'done']);
    expect(setup.follow.slice(1)).toEqual([expect.objectContaining({ revision: 6, accountCreated: true })]);
  });

  it('whose look-up does not come to its end is given up with its revision, so that 1C hears', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5));
    for (const fault of ['deadlock', 'reset'] as const) {
      setup.moodle.switches.faults = [{ kind: fault }];
      expect(await setup.deliver(vanished('1'))).toMatchObject([{ known: { revision: 5, origin: 'onec' } }]);
    }
  });

  it('of somebody never heard of is told', async () => {
    const setup = await openSetup();
    expect(causes(await setup.deliver(vanished('9')))).toEqual(['student-unknown']);
  });

  it('is noticed when its student changes', async () => {
    const setup = await openSetup();
    await setup.students(student('1', 5), student('2', 5));
    setup.moodle.state.deleteUser(setup.account('1')[0]!);
    await setup.students(student('1', 6, { person: { lastname: 'Новая' } }));
    expect(setup.account('1')).toMatchObject([{ lastname: 'Новая' }]);
    expect(setup.follow.at(-1)).toMatchObject({ accountCreated: true, moodleUserId: setup.account('1')[0]!.id });
  });
});
