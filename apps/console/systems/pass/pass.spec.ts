import { passOf } from './pass.js';

it.each([
  ['not known with a foreign 1C', undefined, 12, { students: null, left: null, perMinute: 12, minutesLeft: null }],
  ['by the rate', { students: 100, left: 25 }, 12, { students: 100, left: 25, perMinute: 12, minutesLeft: 3 }],
  ['nothing goes on', { students: 100, left: 25 }, 0, { students: 100, left: 25, perMinute: 0, minutesLeft: null }],
  ['done', { students: 100, left: 0 }, 0, { students: 100, left: 0, perMinute: 0, minutesLeft: 0 }],
])('time left: %s', (_, counted, perMinute, expected) => {
  expect(passOf(counted, perMinute)).toEqual(expected);
});
