import fc from 'fast-check';
import { eventTypes } from '#contracts';
import type { Failure } from './failure.js';
import { closedBy, evidenceOf, join, overtakenBy, type Evidence, type Facts } from './evidence.js';

const types = [...Object.values(eventTypes)];
const told: fc.Arbitrary<Facts> = fc.record({
  type: fc.constantFrom(...types),
  revision: fc.integer({ min: 1, max: 5 }),
  time: fc.integer({ min: 1, max: 20 }),
  kind: fc.constantFrom('student', 'course', 'crash'),
  told: fc.constantFrom('synchronized', 'later', 'error', 'nothing'),
  group: fc.constantFrom('A', 'B'),
});
const failure = fc.record({
  service: fc.constantFrom('user-provisioner', 'course-enroller', 'success-reporter', 'error-flagger', 'onec-poller'),
  queue: fc.option(fc.constant('a queue'), { nil: undefined }),
  revision: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  lastSeen: fc.integer({ min: 1, max: 20 }),
});
const all = (events: readonly Facts[]): Evidence => events.reduce((known, one) => join(known, evidenceOf(one)), {});

test('evidence knows no order, no repetition and no grouping', () => {
  fc.assert(
    fc.property(fc.array(told), fc.array(told), fc.infiniteStream(fc.nat()), (some, more, chance) => {
      const events = [...some, ...more];
      const shuffled = events
        .map((one): [number, Facts] => [chance.next().value as number, one])
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      expect(all(shuffled)).toEqual(all(events));
      expect(all([...events, ...some])).toEqual(all(events));
      expect(join(all(some), all(more))).toEqual(all(events));
    }),
  );
});

/** The rules, told once more over the events themselves, without any evidence in between. */
function shouldClose(
  {
    service,
    queue,
    revision,
    lastSeen,
  }: Pick<Failure, 'service' | 'lastSeen'> & {
    queue?: string | undefined;
    revision?: number | undefined;
  },
  events: readonly Facts[],
): boolean {
  const outcomes = [eventTypes.StudentSynchronized, eventTypes.SynchronizationFailed, eventTypes.BindingChanged];
  return events.some(({ type, revision: reached, time, told: word }) => {
    if (reached === undefined) return false;
    if (revision !== undefined && reached > revision && (outcomes as string[]).includes(type)) return true;
    const later = time >= lastSeen;
    const reaches = revision === undefined || reached >= revision;
    if (type === eventTypes.StudentSynchronized && later && reaches) return true;
    if (queue === undefined) return false;
    if (type === eventTypes.UserProvisioned && service === 'user-provisioner' && later && reaches) return true;
    return (
      type === eventTypes.StudentReported &&
      word !== 'nothing' &&
      ['success-reporter', 'error-flagger', 'onec-poller'].includes(service) &&
      later &&
      reaches
    );
  });
}

/** Times grow with revisions, as they do in one student's life: the newest of a revision is the last of it. */
const life = fc
  .array(told, { maxLength: 12 })
  .map((events) => events.map((one) => ({ ...one, time: one.revision! * 100 + one.time })));

test('a failure is closed by exactly what the rules say', () => {
  fc.assert(
    fc.property(life, failure, (events, one) => {
      // Of a failure whose revision is known; times lie within its revision.
      if (one.revision === undefined) return;
      const failed = { ...one, lastSeen: one.revision * 100 + one.lastSeen };
      expect(closedBy(failed, all(events)) !== undefined).toBe(shouldClose(failed, events));
    }),
    { numRuns: 2_000 },
  );
});

test('what closes a failure closes it whatever else becomes known', () => {
  fc.assert(
    fc.property(life, life, failure, (some, more, one) => {
      const failed = { ...one, lastSeen: (one.revision ?? 3) * 100 + one.lastSeen };
      if (closedBy(failed, all(some)) !== undefined) expect(closedBy(failed, all([...some, ...more]))).toBeDefined();
    }),
  );
});

test('a success of the same revision that is older than the failure closes nothing', () => {
  const success = evidenceOf({ type: eventTypes.StudentSynchronized, revision: 5, time: 100 });
  expect(closedBy({ service: 'course-enroller', revision: 5, lastSeen: 101 }, success)).toBeUndefined();
  expect(closedBy({ service: 'course-enroller', revision: 5, lastSeen: 99 }, success)).toBe('synchronized 5');
  expect(closedBy({ service: 'course-enroller', revision: 4, lastSeen: 101 }, success)).toBe('synchronized 5');
});

test('that 1C is told later of an element that cannot be used closes nothing: it is as wrong as before', () => {
  const told = evidenceOf({ type: eventTypes.StudentReported, revision: 5, time: 101, told: 'later' });
  expect(closedBy({ service: 'onec-poller', revision: 5, lastSeen: 100 }, told)).toBeUndefined();
  const message = { service: 'onec-poller', queue: 'onec-poller.lms', revision: 5, lastSeen: 100 };
  expect(closedBy(message, told)).toBe('reported 5');
});

test('a failure of which no revision is known is closed by a later outcome', () => {
  const failed = evidenceOf({ type: eventTypes.SynchronizationFailed, revision: 5, time: 100, kind: 'course' });
  expect(closedBy({ service: 'course-enroller', lastSeen: 99 }, failed)).toBe('course 5');
  expect(closedBy({ service: 'course-enroller', lastSeen: 100 }, failed)).toBeUndefined();
});

test('overtaken by the newest revision that is known from anywhere', () => {
  expect(overtakenBy({ revision: 5 }, { seen: 5 }, 5)).toBeUndefined();
  expect(overtakenBy({ revision: 5 }, { seen: 6 })).toBe(6);
  expect(overtakenBy({ revision: 5 }, {}, 7)).toBe(7);
  expect(overtakenBy({}, { seen: 6 }, 7)).toBeUndefined();
});
