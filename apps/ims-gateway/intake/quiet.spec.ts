import { QuietFiles } from './quiet.js';

const file = (name: string, size: number, changed = 1) => ({ name, size, changed });

test('a file is taken when size and time have stood still for long enough, and not before', () => {
  const quiet = new QuietFiles(10_000);
  expect(quiet.look([file('a.xml', 5), file('b.xml', 7)], 0)).toEqual([]);
  expect(quiet.look([file('a.xml', 5), file('b.xml', 8)], 9_999)).toEqual([]);
  expect(quiet.look([file('a.xml', 5), file('b.xml', 8)], 10_000)).toEqual(['a.xml']);
  // written over in place: the same size, a newer time
  expect(quiet.look([file('a.xml', 5, 2), file('b.xml', 8)], 19_999)).toEqual(['b.xml']);
  expect(quiet.look([file('a.xml', 5, 2)], 29_999)).toEqual(['a.xml']);
});

test('a name that was away begins anew', () => {
  const quiet = new QuietFiles(10);
  quiet.look([file('a.xml', 5)], 0);
  quiet.look([], 20);
  expect(quiet.look([file('a.xml', 5)], 40)).toEqual([]);
});
