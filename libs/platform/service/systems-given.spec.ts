import { systemsGiven } from './systems-given.js';

const systems = ['lms1', 'lms2', 'lms3'].map((id) => ({ id }));

test.each([
  [undefined, ['lms1', 'lms2', 'lms3']],
  ['', ['lms1', 'lms2', 'lms3']],
  [' , ', ['lms1', 'lms2', 'lms3']],
  ['lms2', ['lms2']],
  [' lms3, lms1 ,', ['lms1', 'lms3']],
])('ITK_SYSTEMS=%j gives %j', (names, ids) => {
  expect(systemsGiven(systems, names).map(({ id }) => id)).toEqual(ids);
});

test('a name that is not configured is refused, with those that are', () => {
  expect(() => systemsGiven(systems, 'lms1,lms4')).toThrow(/not configured: lms4[^]*lms1, lms2, lms3/);
});
