import { expect } from 'expect';

/**
 * describe, it and expect of jest without its start: one mutant costs milliseconds instead of a second. Only what the
 * tests of decisions use.
 *
 * @typedef {() => unknown} Body
 * @typedef {object} Group
 * @property {string} name
 * @property {Record<'before' | 'after' | 'beforeAll' | 'afterAll', Body[]>} hooks
 * @property {{ name: string, body: Body }[]} tests
 * @property {Group[]} groups
 */

/**
 * @param {string} name
 * @returns {Group}
 */
const emptyGroup = (name) => ({
  name,
  hooks: { before: [], after: [], beforeAll: [], afterAll: [] },
  tests: [],
  groups: [],
});
const root = emptyGroup('');
let group = root;

/**
 * @param {string} name
 * @param {Body} body
 */
export function describe(name, body) {
  const parent = group;
  group = emptyGroup(name);
  parent.groups.push(group);
  body();
  group = parent;
}
/**
 * @param {string} name
 * @param {Body} body
 */
export const test = (name, body) => void group.tests.push({ name, body });
export const it = test;
/**
 * @param {(name: string, body: Body) => void} make
 * @returns {(rows: unknown[]) => (name: string, body: (...row: unknown[]) => unknown) => void}
 */
const forEachRow = (make) => (rows) => (name, body) => {
  // As jest has it: where not every row is a list, a list is a value like the others.
  const isTable = rows.every((row) => Array.isArray(row));
  rows.forEach((row, index) =>
    make(`${name} (${index + 1})`, () => body(...(isTable ? /** @type {unknown[]} */ (row) : [row]))),
  );
};
test.each = forEachRow(test);
describe.each = forEachRow(describe);
/** @param {keyof Group['hooks']} kind */
const hook = (kind) => (/** @type {Body} */ body) => void group.hooks[kind].push(body);
export const beforeEach = hook('before');
export const afterEach = hook('after');
export const beforeAll = hook('beforeAll');
export const afterAll = hook('afterAll');
export { expect };

Object.assign(globalThis, { describe, test, it, expect, beforeEach, afterEach, beforeAll, afterAll });

/**
 * Runs what has been collected.
 * @param {object} options
 * @param {(name: string) => boolean} [options.wanted] chooses tests
 * @param {boolean} [options.bail] ends at the first that fails
 * @param {(name: string, run: () => Promise<void>) => Promise<void>} [options.around] runs a test
 */
export async function runTests({ wanted = () => true, bail = false, around = (_name, run) => run() } = {}) {
  /** @type {{ name: string, error: unknown }[]} */
  const failures = [];
  /** @type {(here: Group, path: string, before: Body[], after: Body[]) => Promise<void>} */
  const visit = async (here, path, before, after) => {
    for (const body of here.hooks.beforeAll) await body();
    for (const { name, body } of here.tests) {
      const full = `${path} ${name}`;
      if (!wanted(full) || (bail && failures.length > 0)) continue;
      try {
        await around(full, async () => {
          for (const prepare of [...before, ...here.hooks.before]) await prepare();
          await body();
          for (const clear of [...here.hooks.after, ...after]) await clear();
        });
      } catch (error) {
        failures.push({ name: full, error });
      }
    }
    for (const inner of here.groups)
      await visit(inner, `${path} ${inner.name}`, [...before, ...here.hooks.before], [...here.hooks.after, ...after]);
    for (const body of here.hooks.afterAll) await body();
  };
  await visit(root, '', [], []);
  return failures;
}
