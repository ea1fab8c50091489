import { eventOf } from './publication.js';
import type { Offer } from './offer.js';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const offer = (bindingSequence?: number): Offer => ({
  kind: 'student',
  code: '1',
  hash: 'h',
  person: { code: '1', lastname: 'Иванова', firstname: 'Анна', middlename: '', kind: 'student' },
  study: { group: 'г', semester: 1, year: 2025, field: '', profile: '', mode: '', site: '', curriculum: 'c' },
  courses: [],
  ...(bindingSequence !== undefined && { bindingSequence }),
});

test('of two sequences of bindings the newer one counts, and where there is none none is said', () => {
  const sequence = (ofElement?: number, ofBindings?: number) =>
    eventOf(
      'lms',
      { offer: offer(ofElement), revision: 1 },
      { ...(ofBindings !== undefined && { bindingSequence: ofBindings }) },
    ).data;
  expect(sequence(3, 4)).toMatchObject({ bindingSequence: 4 });
  expect(sequence(4, 3)).toMatchObject({ bindingSequence: 4 });
  expect(sequence(3)).toMatchObject({ bindingSequence: 3 });
  expect(sequence(undefined, 4)).toMatchObject({ bindingSequence: 4 });
  expect(sequence()).not.toHaveProperty('bindingSequence');
});

test('the trace of the question travels with what it brought', () => {
  expect(eventOf('lms', { offer: offer(), revision: 1 }, { traceparent }).traceparent).toBe(traceparent);
});
