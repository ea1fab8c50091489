import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes, makeEvent, type StudentChanged } from '#contracts';
import { serviceNames } from '../harness/running-university.js';
import { until } from '../harness/until.js';
import { Setup } from './setup.js';
import { smallUniversity } from './small-university.js';
import type { Heard } from './what-1c-heard.js';

/** Five Moodles of one university, each with a mishap of its own. */
const names = ['lost', 'deleted', 'truncated', 'away', 'suspending'] as const;
type Name = (typeof names)[number];

const eight = [2, 3, 4, 5, 6, 7, 8, 9];
const made = smallUniversity(
  [
    { students: 45, courses: eight },
    { students: 15, courses: [2, 10] },
  ],
  names.map((_, index) => `LMS${index + 1}`),
);
const everyone = made.codes.flat();
const [gone1, gone2, gone3, mover, renamed, leaver] = made.codes[0] as [string, string, string, string, string, string];
const welcoming = 2;

describe('what happens to a Moodle on an ordinary day', () => {
  let setup: Setup<Name>;
  const stateOf = (name: Name) => setup.system(name).moodle.state;
  const accountOf = (name: Name, code: string) => stateOf(name).users.withIdnumber(code)[0]!;
  /** Course -> is the enrolment suspended? */
  const enrolmentsOf = (name: Name, code: string): Record<number, boolean> => {
    const { enrolments } = stateOf(name);
    const all = [...enrolments.ofUser(accountOf(name, code).id)];
    return Object.fromEntries(all.map(({ courseid, suspended }) => [courseid, suspended]));
  };
  const all = (courses: number[], suspended = false) => Object.fromEntries(courses.map((id) => [id, suspended]));
  const groupsOf = (name: Name, code: string): string[] =>
    [...stateOf(name).groups.all()]
      .filter(({ members }) => members.has(accountOf(name, code).id))
      .map((group) => `${group.courseid} ${group.name}`)
      .sort();
  const lastOffer = (name: Name, code: string): StudentChanged =>
    setup.view
      .eventsOf(setup.system(name).id, eventTypes.StudentChanged)
      .filter(({ subject }) => subject === code)
      .at(-1)!.data;

  beforeAll(async () => {
    setup = await Setup.open(names, {
      university: made.university,
      courses: 10,
      system: (usual, index) => ({
        ...usual,
        pollInterval: 'PT0.5S',
        // One lane: for two of them the calls would be cut below what this PHP takes.
        ...(names[index] === 'truncated' && { moodle: { ...usual.moodle, maxInputVars: 5000, concurrency: 1 } }),
        ...(names[index] === 'suspending' && { enrolment: { removal: 'suspend', grouping: 'group' } }),
      }),
    });
    const { moodle: lost } = setup.system('lost');
    lost.state.courses.update(lost.state.courses.get(welcoming)!, { contact: true });
    lost.switches.faults = [
      { kind: 'lostAnswer', functions: ['core_user_create_users'], times: 1 },
      { kind: 'lostAnswer', functions: ['enrol_manual_enrol_users'], times: 1 },
      { kind: 'gatewayTimeout', functions: ['enrol_manual_enrol_users'], times: 1 },
    ];
    await setup.system('away').moodle.goAway();
    await setup.university.start(serviceNames.filter((name) => name !== 'course-enroller'));
    const { id } = setup.system('deleted');
    const provisioned = () => setup.view.eventsOf(id, eventTypes.UserProvisioned).length;
    await until('all accounts are made', () => provisioned() === everyone.length, 60_000);
    const { users } = stateOf('deleted');
    for (const code of [gone1, gone2]) stateOf('deleted').deleteUser(users.withIdnumber(code)[0]!);
    await setup.university.services['course-enroller'].start();
  }, 180_000);
  afterAll(async () => setup?.close(), 60_000);

  const allAreThrough = async (name: Name): Promise<void> => {
    const heard = await setup.untilHeard(name, everyone.length, 60_000);
    expect([name, heard]).toEqual([name, new Map<string, Heard>(everyone.map((code) => [code, 'synchronized']))]);
    expect([name, setup.stands(name)]).toEqual([name, setup.shouldStand(name)]);
    expect([name, setup.view.lettersOf(setup.system(name).id)]).toEqual([name, []]);
    expect([name, stateOf(name).sharedUserCollisions, stateOf(name).users.duplicateIdnumbers()]).toEqual([name, 0, []]);
  };

  it('an account deleted by hand before the enrolment is made anew', async () => {
    await allAreThrough('deleted');
    const missing = setup.view.eventsOf(setup.system('deleted').id, eventTypes.AccountMissing);
    expect(missing.map(({ subject }) => subject).sort()).toEqual([gone1, gone2]);
  }, 60_000);

  it('an answer lost after the deed makes no account, no enrolment and no welcome message twice', async () => {
    await allAreThrough('lost');
    const { counters } = stateOf('lost');
    expect(counters.faults).toMatchObject({ lostAnswer: 2, gatewayTimeout: 1 });
    expect(counters.noopEnrolments).toBe(0);
    expect(counters.welcomeMessages).toBe(everyone.length);
    expect(counters.usersCreated).toBe(everyone.length);
    const synchronized = setup.view.eventsOf(setup.system('lost').id, eventTypes.StudentSynchronized);
    const counts = new Map(synchronized.map(({ subject, data }) => [subject, data.counts]));
    for (const code of everyone) expect([code, counts.get(code)?.accountCreated]).toEqual([code, true]);
  }, 60_000);

  it('a max_input_vars set too high costs nothing but smaller batches', async () => {
    await allAreThrough('truncated');
    expect(stateOf('truncated').counters.truncatedCalls).toBeGreaterThan(0);
    expect(await setup.outcomes('truncated', 'dead')).toBe(0);
    const { counters } = stateOf('truncated');
    expect([counters.noopEnrolments, counters.usersCreated]).toEqual([0, everyone.length]);
  }, 60_000);

  it('one Moodle that is away holds up no other', async () => {
    await allAreThrough('suspending');
    expect(await setup.pausesIn('away')).toMatchObject([{ kind: 'outage' }]);
    expect((await setup.heardIn('away')).size).toBe(0);
    for (const name of names) if (name !== 'away') expect([name, await setup.pausesIn(name)]).toEqual([name, []]);
    await setup.system('away').moodle.comeBack();
    await allAreThrough('away');
    expect([await setup.outcomes('away', 'retry'), await setup.outcomes('away', 'dead')]).toEqual([0, 0]);
  }, 90_000);

  it('another group: the former courses stay or are suspended, as set; in the courses that stay, its group is another', async () => {
    const before = groupsOf('suspending', mover);
    expect(before).toEqual(eight.map((course) => `${course} М3О-201Б`));
    setup.university.onec.changes.moveToGroup(mover, made.groups[1]!);
    await until('the mover is in the new course', () => names.every((name) => 10 in enrolmentsOf(name, mover)), 30_000);
    for (const name of names)
      if (name !== 'suspending') expect([name, enrolmentsOf(name, mover)]).toEqual([name, all([...eight, 10])]);
    const after = ['10 М3О-202Б', '2 М3О-202Б', ...before.filter((group) => !group.startsWith('2 '))];
    await until('the groups follow', () => groupsOf('suspending', mover).join() === after.join(), 30_000);
    expect(enrolmentsOf('suspending', mover)).toEqual({ ...all(eight, true), ...all([2, 10]) });
  }, 60_000);

  it('another surname, and an account deleted long after: found out with the next change', async () => {
    stateOf('deleted').deleteUser(accountOf('deleted', gone3));
    setup.university.onec.changes.rename(renamed, { lastname: 'Иная' });
    setup.university.onec.changes.rename(gone3, { lastname: 'Новая' });
    const lastname = (name: Name, code: string) => stateOf(name).users.withIdnumber(code)[0]?.lastname;
    await until(
      'both names are everywhere',
      () => names.every((name) => lastname(name, renamed) === 'Иная' && lastname(name, gone3) === 'Новая'),
      30_000,
    );
    await until('enrolled anew', () => Object.keys(enrolmentsOf('deleted', gone3)).length === eight.length, 30_000);
  }, 70_000);

  it('who is withdrawn keeps the account and is suspended, or stays, as set; who comes back is active again', async () => {
    const { changes } = setup.university.onec;
    changes.expel(leaver);
    for (const name of ['suspending', 'lost'] as const) {
      const data = { ...lastOffer(name, leaver), state: 'withdrawn' as const, revision: Date.now() };
      setup.view.publish(makeEvent(eventTypes.StudentChanged, data, { service: 'test' }));
    }
    const areSuspended = () => Object.values(enrolmentsOf('suspending', leaver)).every((suspended) => suspended);
    await until('the withdrawn student is suspended', areSuspended, 30_000);
    expect(enrolmentsOf('suspending', leaver)).toEqual(all(eight, true));
    const words = () => setup.view.eventsOf(setup.system('lost').id, eventTypes.StudentSynchronized);
    const last = lastOffer('lost', leaver).revision;
    await until(
      'the other Moodle is through',
      () => words().some(({ subject, data }) => subject === leaver && data.revision > last),
      30_000,
    );
    expect(enrolmentsOf('lost', leaver)).toEqual(all(eight));
    changes.restore(leaver);
    changes.moveToGroup(leaver, made.groups[1]!);
    await until('back again', () => 10 in enrolmentsOf('suspending', leaver), 30_000);
    expect(enrolmentsOf('suspending', leaver)).toEqual({ ...all(eight, true), ...all([2, 10]) });
  }, 100_000);
});
