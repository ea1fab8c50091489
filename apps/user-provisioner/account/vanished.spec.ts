import { student } from '../testing/students.js';
import { changed, vanished } from '../testing/workbench.js';
import { causes, outcomeKinds, workbenches } from '../testing/workbenches.js';

const workbench = workbenches();

describe('an account that vanished', () => {
  it('is made anew under the same username, once for each revision, and what was enrolled is told on', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    const [first] = bench.account('1');
    bench.moodle.state.deleteUser(first!);
    const said = new Date(bench.now - 1000);
    expect(outcomeKinds(await bench.deliver(vanished('1', said)))).toEqual(['done']);
    const [second] = bench.account('1');
    expect(second).toMatchObject({ username: '1', lastname: 'Иванов1' });
    expect(second!.id).not.toBe(first!.id);
    expect(bench.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });

    const calls = await bench.calls(async () => {
      expect(outcomeKinds(await bench.deliver(vanished('1', said)))).toEqual(['done']);
      expect(bench.follow.at(-1)).toEqual({ ...student('1', 5), moodleUserId: second!.id, accountCreated: true });
      const [outcome] = await bench.deliver(vanished('1', new Date(bench.now + 1000)));
      expect(outcome).toMatchObject({
        kind: 'dead',
        failure: { kind: 'unexplained', cause: 'account-missing-again' },
        known: { revision: 5, origin: 'onec' },
      });
    });
    expect(calls).toEqual({});
    bench.moodle.state.deleteUser(second!);
    await bench.students(student('1', 6));
    expect(outcomeKinds(await bench.deliver(vanished('1', new Date(bench.now + 2000))))).toEqual(['done']);
    expect(bench.account('1')).toHaveLength(1);
  });

  it('that did not vanish is left as it is', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    const calls = await bench.calls(() => bench.deliver(vanished('1')));
    expect(calls).toEqual({ core_user_get_users_by_field: 1 });
    expect(bench.follow[1]).toMatchObject({ moodleUserId: bench.follow[0]!.moodleUserId, accountCreated: false });
  });

  it('of a withdrawn student is not made anew', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    await bench.students(student('1', 6, { state: 'withdrawn' }));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    expect(outcomeKinds(await bench.deliver(vanished('1')))).toEqual(['done']);
    expect(bench.follow.at(-1)).toEqual({ ...student('1', 6, { state: 'withdrawn' }), accountCreated: false });
    expect(bench.everybody()).toHaveLength(0);
  });

  it('with a new revision in the same batch is one piece of work', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    expect(outcomeKinds(await bench.deliver(vanished('1'), changed(student('1', 6))))).toEqual(['done', 'done']);
    expect(bench.follow.slice(1)).toEqual([expect.objectContaining({ revision: 6, accountCreated: true })]);
  });

  it('whose look-up does not come to its end is given up with its revision, so that 1C hears', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5));
    for (const fault of ['deadlock', 'reset'] as const) {
      bench.moodle.switches.faults = [{ kind: fault }];
      expect(await bench.deliver(vanished('1'))).toMatchObject([{ known: { revision: 5, origin: 'onec' } }]);
    }
  });

  it('of somebody never heard of is told', async () => {
    const bench = await workbench();
    expect(causes(await bench.deliver(vanished('9')))).toEqual(['student-unknown']);
  });

  it('is noticed when its student changes', async () => {
    const bench = await workbench();
    await bench.students(student('1', 5), student('2', 5));
    bench.moodle.state.deleteUser(bench.account('1')[0]!);
    await bench.students(student('1', 6, { person: { lastname: 'Новая' } }));
    expect(bench.account('1')).toMatchObject([{ lastname: 'Новая' }]);
    expect(bench.follow.at(-1)).toMatchObject({ accountCreated: true, moodleUserId: bench.account('1')[0]!.id });
  });
});
