import { expect } from 'expect';

/**
 * describe, it and expect of jest without its start: one mutant costs milliseconds instead of a second. Only what the
 * tests of decisions use.
 */
const root = { name: '', before: [], after: [], beforeAll: [], afterAll: [], tests: [], groups: [] };
let group = root;

export function describe(name, body) {
  const parent = group;
  group = { ...root, name, before: [], after: [], beforeAll: [], afterAll: [], tests: [], groups: [] };
  parent.groups.push(group);
  body();
  group = parent;
}
export const test = (name, body) => void group.tests.push({ name, body });
export const it = test;
const forEachRow = (make) => (rows) => (name, body) =>
  rows.forEach((row, index) => make(`${name} (${index + 1})`, () => body(...(Array.isArray(row) ? row : [row]))));
test.each = forEachRow(test);
describe.each = forEachRow(describe);
export const beforeEach = (body) => void group.before.push(body);
export const afterEach = (body) => void group.after.push(body);
export const beforeAll = (body) => void group.beforeAll.push(body);
export const afterAll = (body) => void group.afterAll.push(body);
export { expect };

for (const [name, value] of Object.entries({
  describe,
  test,
  it,
  expect,
  beforeEach,
  afterEach,
  beforeAll,
  afterAll,
}))
  globalThis[name] = value;

/** Runs what has been collected. `wanted(name)` chooses tests; ends at the first that fails when `bail`. */
export async function runTests({ wanted = () => true, bail = false, around = (_name, run) => run() } = {}) {
  const failures = [];
  const visit = async (here, path, before, after) => {
    for (const body of here.beforeAll) await body();
    for (const { name, body } of here.tests) {
      const full = `${path} ${name}`;
      if (!wanted(full) || (bail && failures.length > 0)) continue;
      try {
        await around(full, async () => {
          for (const set of [...before, ...here.before]) await set();
          await body();
          for (const set of [...here.after, ...after]) await set();
        });
      } catch (error) {
        failures.push({ name: full, error });
      }
    }
    for (const inner of here.groups)
      await visit(inner, `${path} ${inner.name}`, [...before, ...here.before], [...here.after, ...after]);
    for (const body of here.afterAll) await body();
  };
  await visit(root, '', [], []);
  return failures;
}
