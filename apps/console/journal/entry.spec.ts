import { eventTypes, makeEvent, type CloudEvent } from '#contracts';
import { failedEvent, studentChanged, synchronized, userProvisioned } from '../testing/console-setup.js';
import { readEntry, type Entry } from './entry.js';

const now = 1_790_000_000_000;
const read = (event: unknown): Entry | undefined => readEntry(event, 'lms', true, now);
const student = makeEvent(eventTypes.StudentChanged, studentChanged('lms', '007', 50), { service: 'onec-poller' });

test('keeps what tells a student’s story, and no name', () => {
  const entry = read(student)!;
  expect(entry).toMatchObject({ subject: '007', revision: 50, group: 'М3О-101Б-24', source: 'onec-poller' });
  expect(Object.keys(entry.data).sort()).toEqual(['courses', 'origin', 'state', 'study']);
  expect(entry).not.toHaveProperty('told');
  expect(entry).not.toHaveProperty('failure');
});

test('a group that is no text is none', () => {
  const data = { ...student.data, study: { ...student.data.study, group: 5 } };
  expect(read({ ...student, data })).not.toHaveProperty('group');
});

test('of an account it keeps what StudentChanged did not bring', () => {
  const entry = read(userProvisioned('lms', '007', 50))!;
  expect(entry.data).toEqual({ state: 'active', moodleUserId: 5, accountCreated: true });
  expect(entry).not.toHaveProperty('group');
});

test('a report says what 1C was told', () => {
  const data = { system: 'lms', code: '007', revision: 50, told: 'later' as const };
  expect(read(makeEvent(eventTypes.StudentReported, data, { service: 'success-reporter' }))).toMatchObject({
    told: 'later',
  });
});

test('a failure is kept as one only where no dead letter tells of it, and it is known whose it is', () => {
  const { deadLetter: _, ...withoutLetter } = failedEvent('lms', '007', 50).data as { deadLetter?: string };
  const failure = { ...failedEvent('lms', '007', 50), data: withoutLetter };
  expect(read(failure)).toMatchObject({ kind: 'course', failure: withoutLetter });
  expect(read(failedEvent('lms', '007', 50))).toMatchObject({ kind: 'course' });
  expect(read(failedEvent('lms', '007', 50))).not.toHaveProperty('failure');
  const { code: __, ...ofNobody } = withoutLetter as { code?: string };
  expect(read({ ...failure, data: ofNobody })).not.toHaveProperty('failure');
  expect(read(synchronized('lms', '007', 50))).not.toHaveProperty('kind');
});

test('the trace and the revision stand where they are known', () => {
  const traceparent = `00-${'a'.repeat(32)}-b7ad6b7169203331-01`;
  expect(read({ ...student, traceparent })).toHaveProperty('traceId', 'a'.repeat(32));
  expect(read(student)).not.toHaveProperty('traceId');
  expect(read({ ...student, data: { person: { code: '007' } } })).not.toHaveProperty('revision');
});

test('what carries no date is dated by its reading, and only our own sources are shortened', () => {
  const dated = (time: unknown) => read({ ...student, time } as unknown as CloudEvent)?.time;
  expect(dated('2026-03-01T10:00:00Z')).toBe(Date.parse('2026-03-01T10:00:00Z'));
  for (const time of [undefined, 'soon', 5]) expect(dated(time)).toBe(now);
  expect(read({ ...student, source: '/other/itk/x' })?.source).toBe('/other/itk/x');
});

test('is none of ours without an id or a type', () => {
  expect(read({ ...student, id: undefined })).toBeUndefined();
  expect(read({ ...student, type: undefined })).toBeUndefined();
  expect(read(['x'])).toBeUndefined();
});

test('of what is nested without end only the top is kept, though its texts could be stored', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'end' : { in: nested(depth - 1) });
  const kept = (depth: number) => JSON.stringify(read({ ...student, data: { more: nested(depth) } })!.data);
  expect(kept(10)).toContain('end');
  expect(kept(40)).not.toContain('end');
});
