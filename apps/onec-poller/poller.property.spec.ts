import fc from 'fast-check';
import { alarmStands } from '#platform/testing';
import { PollerSetup } from './testing/setup.js';
import { MemoryWindowLedger } from './testing/memory-ledger.js';
import type { PollerRules } from './poller.js';

const rules = (window: number, system = 'lms'): PollerRules => ({
  system,
  window,
  interval: 5_000,
  per: 'student',
});
const code = (index: number) => String(index).padStart(6, '0');
let systems = 0;

type Action =
  | { do: 'turn' }
  | { do: 'work'; count: number }
  | { do: 'change'; student: number }
  | { do: 'pause'; on: boolean }
  | { do: 'pass'; minutes: number }
  | { do: 'restart' }
  | { do: 'workDuringQuestion'; count: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work' as const), count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), student: fc.nat(29) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pause' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('workDuringQuestion' as const), count: fc.integer({ min: 1, max: 6 }) }),
  },
);

const students = fc.array(
  fc.record({
    faultyIn1C: fc.boolean(),
    faultyInMoodle: fc.boolean(),
    losesFlags: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
  }),
  { minLength: 1, maxLength: 30 },
);

/** Turns until the poller rests, and the time it rests for. */
async function turn(setup: PollerSetup, poller: { step(): Promise<number> }): Promise<number> {
  for (let turns = 0; turns < 10; turns++) {
    const rest = await poller.step();
    if (rest > 0) return rest;
    setup.now += 300;
  }
  return 0;
}

it('keeps the laws of the window whatever happens in whatever order, and everybody gets through in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      students,
      fc.integer({ min: 1, max: 8 }),
      fc.array(action, { maxLength: 60 }),
      async (people, window, actions) => {
        const setup = new PollerSetup(new MemoryWindowLedger(), rules(window, `laws${++systems}`));
        people.forEach((person, index) => setup.add({ code: code(index), ...person }));
        let poller = await setup.begin();
        for (const what of actions) {
          setup.duringQuestion = () => Promise.resolve();
          if (what.do === 'turn') setup.now += await poller.step();
          else if (what.do === 'work') await setup.work(what.count);
          else if (what.do === 'change' && setup.students.has(code(what.student))) setup.change(code(what.student));
          else if (what.do === 'pause') setup.paused = what.on;
          else if (what.do === 'pass') setup.now += what.minutes * 60_000;
          else if (what.do === 'restart') poller = await setup.begin();
          else if (what.do === 'workDuringQuestion') {
            setup.duringQuestion = () => setup.work(what.count);
            setup.now += await poller.step();
          }
        }
        expect(setup.complaints).toEqual([]);

        setup.paused = false;
        setup.duringQuestion = () => Promise.resolve();
        for (const student of setup.students.values()) student.losesFlags = false;
        // Errors for which there was no place are owed: 1C offers these students no more.
        const waiting = async () =>
          setup.underWay.length +
          setup.offeredNow().length +
          (await setup.ledger.state(setup.rules.system)).owed.length;
        for (let round = 0; round < 400 && ((await waiting()) > 0 || round < 2); round++) {
          setup.now += await turn(setup, poller);
          await setup.work(3);
          setup.now += 60_000;
        }
        expect(setup.complaints).toEqual([]);
        expect(await waiting()).toBe(0);
        // An error that 1C set while it kept flags was said once by 1C: the journal has it.
        for (const [who, set] of setup.errorsSet) {
          const { losesFlags } = people[Number(who)]!;
          const journaled = setup.errorsJournaled.get(who) ?? 0;
          if (losesFlags) expect(journaled).toBeGreaterThan(0);
          else expect(journaled).toBe(set);
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('publishes no more while reports stay away or the system is paused', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(7));
  for (let index = 0; index < 100; index++) setup.add({ code: code(index), faultyIn1C: index % 3 === 0 });
  const poller = await setup.begin();
  for (let turns = 0; turns < 200; turns++) setup.now += await poller.step();
  expect(setup.publications).toHaveLength(7);
  const { questions } = setup;
  setup.paused = true;
  await setup.work(4);
  for (let turns = 0; turns < 200; turns++) setup.now += await poller.step();
  expect(setup.publications).toHaveLength(7);
  expect(setup.questions).toBe(questions);
  setup.paused = false;
  setup.now += await poller.step();
  expect(setup.publications.length).toBeGreaterThan(7);
  expect(setup.complaints).toEqual([]);
});

it('asks nothing of 1C while the window is full', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(5));
  for (let index = 0; index < 5; index++) setup.add({ code: code(index) });
  const poller = await setup.begin();
  for (let turns = 0; turns < 50; turns++) setup.now += await poller.step();
  expect(setup.questions).toBe(1);
});

it('publishes a new revision at once when the content changes under way, and only the newest report frees the place', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(2));
  setup.add({ code: '1' });
  const poller = await setup.begin();
  await turn(setup, poller);
  setup.change('1');
  setup.now += 5_000;
  await turn(setup, poller);
  expect(setup.publications.map(({ version }) => version)).toEqual([0, 1]);
  await setup.work(1); // the report of the first revision
  expect((await setup.ledger.state('lms')).inFlight.size).toBe(1);
  await setup.work(1);
  expect((await setup.ledger.state('lms')).inFlight.size).toBe(0);
  expect(setup.complaints).toEqual([]);
});

it('gives a place up after six hours without a report, not counting pauses, and starts anew', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(2));
  setup.add({ code: '1' });
  const poller = await setup.begin();
  const pass = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      setup.now += 60_000;
      await turn(setup, poller);
    }
  };
  await turn(setup, poller);
  setup.underWay.length = 0; // lost somewhere
  await pass(5 * 60);
  setup.paused = true;
  await pass(10 * 60);
  setup.paused = false;
  await pass(50);
  expect(setup.publications).toHaveLength(1);
  await pass(15);
  expect(setup.publications).toHaveLength(2);
  expect(setup.complaints).toEqual([]);
});

it('raises the alarm when flags do not stick, holds the students off, and ends it when they do', async () => {
  const system = 'forgetful';
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(10, system));
  for (let index = 0; index < 10; index++) setup.add({ code: code(index), losesFlags: true });
  const poller = await setup.begin();
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      await turn(setup, poller);
      await setup.work(10);
      setup.now += 60_000;
    }
  };
  await minutes(50);
  expect(setup.publications).toHaveLength(30);
  expect(alarmStands('onec-does-not-keep-flags', system)).toBe(true);
  for (const student of setup.students.values()) student.losesFlags = false;
  await minutes(60);
  expect(alarmStands('onec-does-not-keep-flags', system)).toBe(false);
  expect(setup.offeredNow()).toEqual([]);
  expect(setup.complaints).toEqual([]);
});

it('brings 20,000 students through, 1,000 faulty ones at the head of the list', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules(500, 'large'));
  for (let index = 0; index < 20_000; index++) {
    setup.add({
      code: code(index),
      faultyInMoodle: index < 1_000 && index % 2 === 0,
      faultyIn1C: index < 1_000 && index % 2 === 1,
    });
  }
  const poller = await setup.begin();
  const began = setup.now;
  const healthy = () => [...setup.students.values()].every((one) => setup.hidden(one) || one.faultyInMoodle);
  let rounds = 0;
  for (; rounds < 4_000 && !healthy(); rounds++) {
    setup.now += await turn(setup, poller);
    await setup.work(60);
  }
  expect(healthy()).toBe(true);
  expect(setup.complaints).toEqual([]);
  expect(setup.mostUnderWay).toBeLessThanOrEqual(500);
  expect(setup.errorsJournaled.size).toBe(500);
  // A page for every quarter of a window, not one for every report.
  expect(setup.questions).toBeLessThan(4 * (20_000 / 500) + 20);
  expect(setup.now - began).toBeLessThan(6 * 3_600_000);
});
