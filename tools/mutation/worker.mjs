/**
 * Runs in a process of its own: one group of decisions with its tests, one mutant after another; or one mutant alone,
 * when it lies in what is computed as the file is loaded.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { runTests } from './harness.mjs';

fc.configureGlobal({ endOnFailure: true });
// The mutants look for this at load.
const state = (globalThis.__stryker__ ??= { mutantCoverage: { static: {}, perTest: {} } });
const [tree, atLoad, ...specs] = process.argv.slice(2);
if (atLoad !== 'none') state.activeMutant = atLoad;
for (const spec of specs) await import(join(tree, spec.replace(/\.ts$/, '.js')));

if (atLoad !== 'none') {
  process.send({ mutant: atLoad, noticed: (await runTests({ bail: true })).length > 0 });
  process.exit(0);
}

const covered = new Map();
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
  process.send({ broken: failures.map(({ name, error }) => `${name}\n${error.stack}`).join('\n') });
  process.exit(1);
}
process.send({
  covered: [...covered.keys()],
  loaded: Object.keys(state.mutantCoverage.static).filter((mutant) => !covered.has(mutant)),
});

process.on('message', async ({ mutant }) => {
  const tests = new Set(covered.get(mutant));
  state.activeMutant = mutant;
  state.hitCount = undefined;
  const noticed = await runTests({ wanted: (name) => tests.has(name), bail: true });
  state.activeMutant = undefined;
  process.send({ mutant, noticed: noticed.length > 0 });
});
