import fc from 'fast-check';
import { eventTypes } from '#contracts';
import type { Failure } from './failure.js';
import { closedBy, evidenceOf, join, nothingNew, overtakenBy, type Evidence, type Facts } from './evidence.js';

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

test('of two pieces of evidence the newest of each kind is kept, and of what is equal the first', () => {
  const mark = (revision: number, at: number) => ({ revision, at });
  const marks = (revision: number, at: number, name: string): Evidence => ({
    seen: revision,
    outcome: { ...mark(revision, at), is: name },
    synchronized: mark(revision, at),
    provisioned: mark(revision, at),
    reported: mark(revision, at),
    group: { revision, name },
  });
  const [older, later, newer] = [marks(5, 1, 'a'), marks(5, 2, 'b'), marks(6, 1, 'a')];
  expect(join(older, newer)).toEqual(newer);
  expect(join(newer, older)).toEqual(newer);
  expect(join(older, later)).toEqual(later);
  expect(join(later, older)).toEqual(later);
  expect(join({}, older)).toEqual(older);
  expect(join(older, {})).toEqual(older);
  expect(Object.keys(join({}, { seen: 5 }))).toEqual(['seen']);
  expect(join({}, {})).toEqual({});
  const atOnce = { outcome: { ...mark(5, 1), is: 'b' }, group: { revision: 5, name: 'b' } };
  for (const joined of [join(older, atOnce), join(atOnce, older)]) expect(joined).toMatchObject(atOnce);
});

test('joining says whether it brought anything new, by any of its parts', () => {
  const known = all([
    { type: eventTypes.StudentChanged, revision: 5, time: 1, group: 'A' },
    { type: eventTypes.UserProvisioned, revision: 5, time: 2 },
    { type: eventTypes.StudentSynchronized, revision: 5, time: 3 },
    { type: eventTypes.StudentReported, revision: 5, time: 4, told: 'synchronized' },
  ]);
  expect(known).toEqual({
    seen: 5,
    group: { revision: 5, name: 'A' },
    provisioned: { revision: 5, at: 2 },
    synchronized: { revision: 5, at: 3 },
    outcome: { revision: 5, at: 3, is: 'synchronized' },
    reported: { revision: 5, at: 4 },
  });
  expect(nothingNew(known, join(known, structuredClone(known)))).toBe(true);
  for (const part of Object.keys(known)) expect(nothingNew({ ...known, [part]: undefined }, known)).toBe(false);
  expect(nothingNew({}, {})).toBe(true);
});

test('events without a revision or a group say nothing of them', () => {
  expect(evidenceOf({ type: eventTypes.StudentSynchronized, time: 1 })).toEqual({});
  expect(evidenceOf({ type: eventTypes.StudentChanged, revision: 5, time: 1 })).toEqual({ seen: 5 });
  expect(Object.keys(evidenceOf({ type: eventTypes.StudentChanged, revision: 5, time: 1 }))).toEqual(['seen']);
});

test('a failure of which no revision is known is closed by a later success of any', () => {
  const provisioned = evidenceOf({ type: eventTypes.UserProvisioned, revision: 5, time: 100 });
  const message = { service: 'user-provisioner', queue: 'user-provisioner.lms' };
  expect(closedBy({ ...message, lastSeen: 100 }, provisioned)).toBe('provisioned 5');
  expect(closedBy({ ...message, lastSeen: 101 }, provisioned)).toBeUndefined();
  expect(closedBy({ ...message, lastSeen: 100, revision: 6 }, provisioned)).toBeUndefined();
});

test('joining makes nothing of nothing', () => expect(join({}, {})).toStrictEqual({}));
