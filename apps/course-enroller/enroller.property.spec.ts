import fc from 'fast-check';
import type { CloudEvent } from '#contracts';
import { bindingChanged, enrollerSetup, userProvisioned, standing } from './testing/setup.js';

const setup = enrollerSetup();

const humans = ['P', 'Q', 'R'];
/** Study 3 is the second one of human P. */
const studies = [
  { code: '1', human: 'P' },
  { code: '2', human: 'Q' },
  { code: '3', human: 'P' },
  { code: '4', human: 'R' },
];

const reading = fc.record({
  study: fc.nat({ max: studies.length - 1 }),
  active: fc.boolean().map((yes) => yes),
  courses: fc.uniqueArray(fc.integer({ min: 2, max: 7 }), { maxLength: 4 }),
  semester: fc.integer({ min: 1, max: 2 }),
  sequence: fc.integer({ min: 0, max: 4 }),
});
const change = fc.record({
  courses: fc.uniqueArray(fc.integer({ min: 2, max: 8 }), { maxLength: 4 }),
  semester: fc.integer({ min: 1, max: 2 }),
});
const world = fc.record({
  readings: fc.array(reading, { minLength: 1, maxLength: 8 }),
  changes: fc.array(change, { maxLength: 4 }),
  order: fc.infiniteStream(fc.nat({ max: 1000 })),
  repeats: fc.boolean(),
  byHand: fc.uniqueArray(fc.tuple(fc.nat({ max: 2 }), fc.integer({ min: 2, max: 7 })), {
    maxLength: 3,
    selector: ([human, course]) => `${human}/${course}`,
  }),
  removal: fc.constantFrom('keep' as const, 'suspend' as const),
  fault: fc.constantFrom('none', 'lostAnswer', 'reset', 'deadlock'),
  deleted: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
});

describe('random orders and repetitions of the three events, with faults', () => {
  it('end in what an independent calculation says; nobody is greeted twice, nobody is in two calls at once', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        await setup.clean();
        const { state, switches } = setup.sandbox;
        for (const course of state.courses.all()) state.courses.update(course, { contact: true });
        const accounts = new Map(humans.map((human) => [human, setup.account(human)]));
        const hands = new Map<string, string>();
        for (const [human, course] of given.byHand) {
          const user = accounts.get(humans[human]!)!;
          state.enrolments.enrol(course, user, 4, { timestart: 1, timeend: 0, suspended: false });
          hands.set(`${user}/${course}`, '4 1-0');
        }
        if (given.deleted !== undefined) state.deleteUser(state.users.get(accounts.get(humans[given.deleted]!)!)!);
        for (const key of [...hands.keys()])
          if (given.deleted !== undefined && key.startsWith(`${accounts.get(humans[given.deleted]!)}/`))
            hands.delete(key);

        // What is said, and what it comes to in the end.
        const base = setup.clock.now;
        const newest = new Map<
          string,
          { active: boolean; courses: number[]; semester: number; sequence: number; revision: number }
        >();
        const events: CloudEvent[] = given.readings.map(({ study, active, ...rest }, index) => {
          const { code, human } = studies[study]!;
          const revision = base + index;
          newest.set(code, { active, ...rest, revision });
          return userProvisioned({
            code,
            individual: human,
            user: accounts.get(human)!,
            state: active ? 'active' : 'withdrawn',
            revision,
            ...rest,
          });
        });
        const bindings = new Map<number, { courses: number[]; sequence: number }>();
        given.changes.forEach(({ courses, semester }, index) => {
          bindings.set(semester, { courses, sequence: index + 1 });
          events.push(bindingChanged(courses, index + 1, semester));
        });

        const draws = given.order[Symbol.iterator]();
        const draw = (below: number) => (draws.next().value as number) % below;
        const queue = given.repeats ? [...events, ...events] : [...events];
        if (given.fault !== 'none')
          switches.faults = [
            { kind: given.fault as 'reset', functions: ['enrol_manual_enrol_users'], times: 3, probability: 0.5 },
          ];
        const enroller = setup.enroller({ per: 'individual', removal: given.removal });
        for (let turn = 0; queue.length > 0; turn++) {
          expect(turn).toBeLessThan(200);
          const batch = Array.from(
            { length: Math.min(queue.length, 1 + draw(5)) },
            () => queue.splice(draw(queue.length), 1)[0]!,
          );
          const outcomes = await setup.deliver(enroller, batch);
          outcomes.forEach((outcome, index) => {
            expect(['done', 'superseded', 'retry', 'handBack']).toContain(outcome.kind);
            if (outcome.kind === 'retry' || outcome.kind === 'handBack') queue.push(batch[index]!);
          });
          for (const event of setup.takePublished()) {
            if (event.type === 'itk.enrolment.due.v1') queue.push(event);
            if (event.type !== 'itk.account.missing.v1') continue;
            // user-provisioner: makes the account anew, and says the same revision again.
            const { code } = event.data as { code: string };
            const human = studies.find((study) => study.code === code)!.human;
            const stale = accounts.get(human)!;
            const created = state.users.get(stale)!.deleted;
            if (created) accounts.set(human, setup.account(human));
            const { active, ...rest } = newest.get(code)!;
            queue.push(
              userProvisioned({
                code,
                individual: human,
                user: accounts.get(human)!,
                created,
                state: active ? 'active' : 'withdrawn',
                ...rest,
              }),
            );
          }
        }

        const stands = standing(setup.sandbox);
        let ours = 0;
        for (const human of humans) {
          const wanted = new Set<number>();
          for (const { code } of studies.filter((study) => study.human === human)) {
            const last = newest.get(code);
            if (!last?.active) continue;
            const binding = bindings.get(last.semester);
            for (const id of binding && binding.sequence > last.sequence ? binding.courses : last.courses)
              wanted.add(id);
          }
          const user = accounts.get(human)!;
          for (let course = 2; course <= 8; course++) {
            const key = `${user}/${course}`;
            if (hands.has(key)) expect([key, stands[key]]).toEqual([key, hands.get(key)]);
            else if (wanted.has(course)) expect([key, stands[key]]).toEqual([key, '5']);
            else if (stands[key] !== undefined)
              expect([key, stands[key]]).toEqual([key, given.removal === 'keep' ? '5' : '5 suspended']);
            if (stands[key] !== undefined && !hands.has(key)) ours++;
          }
        }
        expect(state.counters.noopEnrolments).toBe(0);
        if (given.removal === 'keep') expect(state.counters.welcomeMessages).toBe(ours);
        expect([state.counters.sharedUserCollisions, state.counters.deadlocks]).toEqual([0, 0]);
      }),
      { numRuns: 40 },
    );
  });
});
