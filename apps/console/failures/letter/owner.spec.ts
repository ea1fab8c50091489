import { eventTypes, makeEvent } from '#contracts';
import { studentChanged } from '../../testing/console-setup.js';
import { ownerOf, readOwner } from './owner.js';

const student = makeEvent(eventTypes.StudentChanged, studentChanged('lms', '007', 50), { service: 'onec-poller' });
const read = (event: unknown) => readOwner(Buffer.from(JSON.stringify(event)));

test('a whole event is read, and keeps its contract', () => {
  expect(read(student)).toEqual({
    eventId: student.id,
    eventType: eventTypes.StudentChanged,
    source: '/itk/onec-poller',
    subject: '007',
    code: '007',
    revision: 50,
    origin: 'onec',
    valid: true,
  });
});

test.each(['{', '5', 'null', '[]', '"x"'])('%s says nothing', (body) => {
  expect(readOwner(Buffer.from(body))).toEqual({ valid: false });
});

test('of a broken one what can be read is', () => {
  expect(read({ ...student, data: { ...student.data, courses: 'none' } })).toMatchObject({ code: '007', valid: false });
  expect(read({ data: 5 })).toEqual({ valid: false });
  expect(read({ id: '', type: 5, source: 'x'.repeat(201), data: { code: 'a,b', revision: 'x' } })).toEqual({
    valid: false,
  });
  expect(read({ id: 'x'.repeat(200), data: { person: { code: '007' } } })).toEqual({
    eventId: 'x'.repeat(200),
    subject: '007',
    code: '007',
    valid: false,
  });
  expect(read({ data: { person: null } })).toEqual({ valid: false });
  expect(ownerOf({})).toStrictEqual({});
});

test('bindings belong to no student', () => {
  const data = { system: 'lms', curriculum: '000000321', semester: 2, courses: [1], sequence: 7 };
  const owner = read(makeEvent(eventTypes.BindingChanged, data, { service: 'onec-poller' }));
  expect(owner).toMatchObject({ subject: '#000000321/2', revision: 7, valid: true });
  expect(ownerOf({ type: eventTypes.BindingChanged, data: { ...data, code: '007' } })).not.toHaveProperty('code');
});

test('a trace is known by its form', () => {
  const id = '0af7651916cd43dd8448eb211c80319c';
  const traceOf = (traceparent: unknown) => ownerOf({ traceparent }).traceId;
  expect(traceOf(`00-${id}-b7ad6b7169203331-01`)).toBe(id);
  for (const other of [`x00-${id}-1`, `00-${id}`, `00-${id.slice(1)}-1`, `00-${id.toUpperCase()}-1`, 5])
    expect(traceOf(other)).toBeUndefined();
});
