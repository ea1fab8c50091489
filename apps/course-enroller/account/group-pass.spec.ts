import { kindsOf, enrollerSetup, userProvisioned } from '../testing/setup.js';

const setup = enrollerSetup();

describe('the academic group', () => {
  const members = () =>
    Object.fromEntries(
      [...setup.sandbox.state.groups.all()].map(({ courseid, name, members }) => [
        `${courseid}/${name}`,
        [...members].sort((a, b) => a - b),
      ]),
    );

  it('is a group in each course, made once, taken over where it is there; who moves leaves the old one', async () => {
    const rules = { grouping: 'group' as const };
    const byHand = setup.sandbox.state.groups.insert({ courseid: 3, name: 'A & B' });
    const [one, two] = [setup.account('1'), setup.account('2')];
    setup.sandbox.state.enrolments.enrol(3, two, 5, { timestart: 0, timeend: 0, suspended: false });
    setup.sandbox.state.groups.addMember(byHand, two);
    await setup.run(
      [
        userProvisioned({ code: '1', user: one, created: true, courses: [2, 3], group: 'A & B' }),
        userProvisioned({ code: '2', user: two, courses: [2, 3], group: 'A & B' }),
      ],
      rules,
    );
    expect(members()).toEqual({ '2/A & B': [one, two], '3/A & B': [one, two] });
    const before = setup.calls();
    await setup.run(
      [userProvisioned({ code: '1', user: one, courses: [2, 3], group: 'A & B', revision: 1500 })],
      rules,
    );
    expect(setup.calls()).toBe(before);
    await setup.run(
      [
        userProvisioned({ code: '1', user: one, courses: [2, 3], group: 'C', revision: 2000 }),
        userProvisioned({ code: '2', user: two, courses: [2, 3], group: 'C', revision: 2000 }),
      ],
      rules,
    );
    expect(members()).toEqual({ '2/A & B': [], '3/A & B': [two], '2/C': [one, two], '3/C': [one, two] });
  });

  it('deleted by hand is made anew', async () => {
    const rules = { grouping: 'group' as const };
    await setup.run([userProvisioned({ code: '1', user: setup.account('1'), created: true, courses: [2] })], rules);
    const [group] = setup.sandbox.state.groups.all();
    setup.sandbox.state.groups.remove(group!);
    const user = setup.account('2');
    expect(
      kindsOf(await setup.run([userProvisioned({ code: '2', user, created: true, courses: [2] })], rules)),
    ).toEqual(['done']);
    expect(members()).toEqual({ '2/ИВТ-21': [user] });
  });

  it('a name with markup: cleaned as Moodle would, known by its ID number; the group of a cleaned name is another', async () => {
    const user = setup.account('1');
    const group = 'Группа <1>/2';
    setup.sandbox.state.groups.insert({ courseid: 3, name: 'Группа /2', idnumber: 'another' });
    const named = setup.sandbox.state.groups.insert({ courseid: 4, name: 'Вторая', idnumber: group });
    const rules = { grouping: 'group' as const };
    const outcomes = await setup.run([userProvisioned({ user, created: true, courses: [2, 3, 4], group })], rules);
    expect(outcomes).toMatchObject([{ kind: 'dead', failure: { cause: 'group-taken', about: '3' } }]);
    expect(members()).toEqual({ '2/Группа /2': [user], '3/Группа /2': [], '4/Вторая': [user] });
    expect([...setup.sandbox.state.groups.all()].map(({ idnumber }) => idnumber)).toEqual(['another', group, group]);
    expect(named.members.has(user)).toBe(true);
    await setup.run([userProvisioned({ user, courses: [2], group, revision: 2000 })], { grouping: 'cohort' });
    const [cohort] = setup.sandbox.state.cohorts.all();
    expect(cohort).toMatchObject({ name: 'Группа /2', idnumber: group });
  });

  it('or one cohort of the site', async () => {
    const rules = { grouping: 'cohort' as const, removal: 'suspend' as const };
    const user = setup.account('1');
    await setup.run([userProvisioned({ user, created: true, courses: [2] })], rules);
    await setup.run([userProvisioned({ user, courses: [2], group: 'B', revision: 2000 })], rules);
    const cohorts = () =>
      Object.fromEntries(
        [...setup.sandbox.state.cohorts.all()].map(({ idnumber, members }) => [idnumber, [...members]]),
      );
    expect(cohorts()).toEqual({ 'ИВТ-21': [], B: [user] });
    await setup.run([userProvisioned({ user, state: 'withdrawn', group: 'B', revision: 3000 })], rules);
    expect(cohorts()).toEqual({ 'ИВТ-21': [], B: [] });
  });
});
