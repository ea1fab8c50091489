import { passOf } from './pass.js';

it('while anything of the system is paused nobody can say how long it takes', () => {
  expect(passOf({ students: 100, left: 25 }, 12, true).minutesLeft).toBeNull();
});

it.each([
  ['not known with a foreign 1C', undefined, 12, { students: null, left: null, perMinute: 12, minutesLeft: null }],
  ['by the rate', { students: 100, left: 25 }, 12, { students: 100, left: 25, perMinute: 12, minutesLeft: 3 }],
  ['nothing goes on', { students: 100, left: 25 }, 0, { students: 100, left: 25, perMinute: 0, minutesLeft: null }],
  ['done', { students: 100, left: 0 }, 0, { students: 100, left: 0, perMinute: 0, minutesLeft: 0 }],
])('time left: %s', (_, counted, perMinute, expected) => {
  expect(passOf(counted, perMinute, false)).toEqual(expected);
});
