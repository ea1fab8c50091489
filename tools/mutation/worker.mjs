/**
 * Runs in a process of its own: one group of decisions with its tests, one mutant after another; or one mutant alone,
 * when it lies in what is computed as the file is loaded.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { runTests } from './harness.mjs';

/**
 * What a worker says: what its tests cover, what became of a mutant, or that a test fails without any.
 * @typedef {{ covered: string[], loaded: string[], took: number }} Covered `took`: milliseconds of all tests.
 * @typedef {{ mutant: string, noticed: boolean }} Tried
 * @typedef {Partial<Covered & Tried & { broken: string }>} Message
 *
 * @typedef {object} MutantState What stands in the instrumented files.
 * @property {{ static: Record<string, number>, perTest: Record<string, Record<string, number>> }} mutantCoverage
 * @property {string} [activeMutant]
 * @property {string} [currentTestId]
 * @property {number} [hitCount]
 */

fc.configureGlobal({ endOnFailure: true });
// The mutants look for this at load.
/** @type {MutantState} */
const state = { mutantCoverage: { static: {}, perTest: {} } };
Object.assign(globalThis, { __stryker__: state });
const say = (/** @type {Message} */ message) => process.send?.(message);
const [tree = '', atLoad = '', ...specs] = process.argv.slice(2);
if (atLoad !== 'none') state.activeMutant = atLoad;
for (const spec of specs) await import(join(tree, spec.replace(/\.ts$/, '.js')));

if (atLoad !== 'none') {
  say({ mutant: atLoad, noticed: (await runTests({ bail: true })).length > 0 });
  process.exit(0);
}

/** @type {Map<string, string[]>} */
const covered = new Map();
const begun = performance.now();
const failures = await runTests({
  around: async (name, run) => {
    state.currentTestId = name;
    try {
      await run();
    } finally {
      for (const mutant of Object.keys(state.mutantCoverage.perTest[name] ?? {}))
        covered.set(mutant, [...(covered.get(mutant) ?? []), name]);
      state.currentTestId = undefined;
    }
  },
});
if (failures.length > 0) {
  const stackOf = (/** @type {unknown} */ error) => /** @type {Error} */ (error).stack;
  say({ broken: failures.map(({ name, error }) => `${name}\n${stackOf(error)}`).join('\n') });
  process.exit(1);
}
say({
  took: performance.now() - begun,
  covered: [...covered.keys()],
  loaded: Object.keys(state.mutantCoverage.static).filter((mutant) => !covered.has(mutant)),
});

process.on('message', async (/** @type {{ mutant: string }} */ { mutant }) => {
  const tests = new Set(covered.get(mutant));
  state.activeMutant = mutant;
  state.hitCount = undefined;
  const noticed = await runTests({ wanted: (name) => tests.has(name), bail: true });
  state.activeMutant = undefined;
  say({ mutant, noticed: noticed.length > 0 });
});
