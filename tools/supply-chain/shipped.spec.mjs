import { isAllowed, readLock, shipped } from './shipped.mjs';

test('everything that is shipped has a licence that lets us', () => {
  const all = shipped();
  expect(all.length).toBeGreaterThan(150);
  expect(all.filter(({ license }) => !isAllowed(license))).toEqual([]);
});

test('the pages’ packages are shipped as well, those of tests and of the build are not', () => {
  const names = new Map(shipped().map(({ name, where }) => [name, where]));
  for (const name of ['pg', 'amqplib', 'typeorm', 'busboy']) expect([name, names.get(name)]).toEqual([name, 'image']);
  for (const name of ['react', 'react-dom', '@mantine/core', '@floating-ui/react', 'uplot'])
    expect([name, names.get(name)]).toEqual([name, 'pages']);
  for (const name of ['jest', 'vite', 'axe-core', 'typescript'])
    expect([name, names.get(name)]).toEqual([name, undefined]);
});

test('a package without a licence, or with one that asks for more, is found', () => {
  const lock = readLock();
  const spoiled = {
    ...lock,
    'node_modules/left-behind': { version: '1.0.0' },
    'node_modules/viral': { version: '1.0.0', license: 'AGPL-3.0-only' },
  };
  const refused = shipped(undefined, spoiled).filter(({ license }) => !isAllowed(license));
  expect(refused.map(({ name, license }) => [name, license])).toEqual([
    ['left-behind', 'UNKNOWN'],
    ['viral', 'AGPL-3.0-only'],
  ]);
});

test('of a choice one is enough, of a sum all count', () => {
  expect(['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC'].map(isAllowed)).toEqual([true, true, true]);
  expect(['GPL-3.0', 'MIT AND GPL-3.0', '', 'SEE LICENSE IN x', '(MIT AND (GPL-2.0 OR ISC))'].map(isAllowed)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
