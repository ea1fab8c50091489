import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ContractError, isOfType, makeEvent, parseEvent } from './cloud-event.js';
import type { StudentChanged } from './events.js';

const student: StudentChanged = {
  system: 'lms',
  origin: 'onec',
  state: 'active',
  person: { code: '000000042', lastname: 'Ёлкина', firstname: 'Анна-Мария', middlename: '', kind: 'student' },
  study: {
    group: 'М3О-101Б-24',
    semester: 1,
    year: 2024,
    field: '01.03.02',
    profile: 'x',
    mode: 'Очная',
    site: 'Москва',
    curriculum: '000000321',
  },
  courses: [{ id: 17, role: 'student' }],
  revision: 1,
};
const type = 'itk.student.changed.v1';

describe('an event', () => {
  it('comes back from its bytes as it was', () => {
    const event = makeEvent(type, student, { service: 'onec-poller' });
    expect(parseEvent(Buffer.from(JSON.stringify(event)))).toEqual(event);
    expect(event).toMatchObject({ subject: '000000042', source: '/itk/onec-poller', specversion: '1.0' });
  });

  it('recorded before persons had a login and courses a group to be made is read as it was', () => {
    const recorded = { ...student, courses: [{ id: 17, role: 'student', begin: 1, end: 2, group: 'А' }] };
    const event = { ...makeEvent(type, student, { service: 'onec-poller' }), data: recorded };
    expect(parseEvent(JSON.stringify(event)).data).toEqual(recorded);
  });

  it('tells of a person and a course all that an IMS file says', () => {
    const told: StudentChanged = {
      ...student,
      origin: 'ims',
      person: { ...student.person, userid: 'xy', email: 'xy@uni.hu', city: 'Pécs', picture: 'https://uni.hu/xy.jpg' },
      courses: [
        { idnumber: 'M101', role: 'student', create: { fullname: 'Moodle 101', shortname: 'M101', category: 3 } },
        { idnumber: 'M101', role: 'teacher', begin: 1, end: 2, group: 'unit 2' },
      ],
    };
    const event = makeEvent(type, told, { service: 'ims-gateway' });
    expect(parseEvent(JSON.stringify(event)).data).toEqual(told);
  });

  it('does not leave when it breaks its schema, and says where', () => {
    const broken = { ...student, person: { ...student.person, code: 'a,b' } };
    expect(() => makeEvent(type, broken, { service: 'x' })).toThrow(/person\.code: .*neither/);
    expect(() => makeEvent(type, { ...student, courses: [{ role: 'student' }] }, { service: 'x' })).toThrow(/courses/);
  });

  it('is refused with a ContractError, never anything else, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
          fc.json().map(Buffer.from),
        ),
        (body) => {
          expect(() => parseEvent(body)).toThrow(ContractError);
        },
      ),
    );
  });

  it('takes what a newer service adds', () => {
    const event = { ...makeEvent(type, student, { service: 'x' }), data: { ...student, added: 1 } };
    expect(parseEvent(JSON.stringify(event)).data).toMatchObject({ revision: 1 });
  });

  it('knows only its own types', () => {
    const event = { ...makeEvent(type, student, { service: 'x' }), type: 'itk.student.changed.v2' };
    expect(() => parseEvent(JSON.stringify(event))).toThrow(/no event of type/);
    expect(() => parseEvent(JSON.stringify({ ...event, type: 'constructor' }))).toThrow(/no event of type/);
  });

  it('is about a student, by the code or the person, or about a curriculum and a semester', () => {
    const missing = { system: 'lms', code: '000000042' };
    const binding = { system: 'lms', curriculum: '000000321', semester: 2, courses: [17], sequence: 7 };
    expect(makeEvent('itk.account.missing.v1', missing, { service: 'x' }).subject).toBe('000000042');
    expect(makeEvent('itk.binding.changed.v1', binding, { service: 'x' }).subject).toBe('000000321/2');
  });

  it('carries a trace where there is one', () => {
    const traceparent = `00-${'a'.repeat(32)}-b7ad6b7169203331-01`;
    expect(makeEvent(type, student, { service: 'x', traceparent }).traceparent).toBe(traceparent);
    expect(makeEvent(type, student, { service: 'x' })).not.toHaveProperty('traceparent');
  });

  it('that is refused says what is wrong with it, five faults at the most', () => {
    const event = makeEvent(type, student, { service: 'x' });
    const wrong = (body: unknown) => {
      try {
        parseEvent(typeof body === 'string' ? body : JSON.stringify(body));
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(wrong('{')).toBe('the body is not JSON');
    expect(wrong({ ...event, id: '' })).toMatch(/^not a CloudEvents 1\.0 event: id: /);
    expect(wrong({ ...event, data: { ...student, revision: 'x' } })).toMatch(/^itk\.student\.changed\.v1: revision: /);
    expect(wrong({ ...event, data: {} })!.split('; ')).toHaveLength(5);
    expect(wrong(event)).toBeUndefined();
  });

  it('is told from others by its type', () => {
    const event = makeEvent(type, student, { service: 'x' });
    expect(isOfType(event, type)).toBe(true);
    expect(isOfType(event, 'itk.user.provisioned.v1')).toBe(false);
  });
});
