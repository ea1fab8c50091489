/**
 * `npm run mutate [-- PART OF A PATH]`: makes every small fault in the decisions, one at a time, and tells which of
 * them no test notices. A fault that ends in a loop counts as noticed. What it found stands in docs/testing.md.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decisions } from './decisions.mjs';
import { layOut, placesOf } from './build.mjs';

const checkout = resolve(import.meta.dirname, '../..');
const tree = join(checkout, '.local/mutation');
const loopAfter = 5_000;

const worker = (atLoad, specs) =>
  fork(join(import.meta.dirname, 'worker.mjs'), [tree, atLoad, ...specs], {
    silent: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });

/** A mutant in what is computed once, as its file is loaded, needs a process of its own. */
function tryAtLoad(id, specs) {
  return new Promise((resolve) => {
    const child = worker(id, specs);
    const timer = setTimeout(() => child.kill('SIGKILL'), 4 * loopAfter);
    // A file that cannot even be loaded is noticed.
    let fate = 'noticed';
    child.on('message', ({ noticed }) => (fate = noticed ? 'noticed' : 'survived'));
    child.on('close', () => {
      clearTimeout(timer);
      resolve(fate);
    });
  });
}

/** @returns {Promise<Map<string, 'noticed' | 'survived' | 'loop' | 'uncovered'>>} by mutant */
async function tryAll(specs, mutants) {
  const fates = new Map();
  let covered;
  let loaded = [];
  while (covered === undefined || covered.some((id) => !fates.has(id))) {
    await new Promise((end, fail) => {
      const child = worker('none', specs);
      let words = '';
      child.stderr.on('data', (chunk) => (words += chunk));
      let timer;
      let current;
      const next = () => {
        clearTimeout(timer);
        current = covered.find((id) => !fates.has(id));
        if (current === undefined) return void child.kill();
        timer = setTimeout(() => {
          fates.set(current, 'loop');
          child.kill('SIGKILL');
        }, loopAfter);
        child.send({ mutant: current });
      };
      child.on('message', (message) => {
        if (message.broken) return fail(new Error(`without any mutant a test fails:\n${message.broken}`));
        if (message.covered) {
          covered ??= message.covered.filter((id) => mutants.has(id));
          loaded = message.loaded.filter((id) => mutants.has(id));
        }
        if (message.mutant) fates.set(message.mutant, message.noticed ? 'noticed' : 'survived');
        next();
      });
      child.on('close', () => {
        clearTimeout(timer);
        if (covered === undefined) return fail(new Error(`the tests could not be loaded:\n${words}`));
        // It ended the process: that is noticed.
        if (current !== undefined && !fates.has(current)) fates.set(current, 'noticed');
        end();
      });
    });
  }
  for (const id of loaded) fates.set(id, await tryAtLoad(id, specs));
  for (const id of mutants.keys()) if (!fates.has(id)) fates.set(id, 'uncovered');
  return fates;
}

const only = process.argv[2];
const all = new Map((await layOut({ checkout, tree, decisions })).map((mutant) => [mutant.id, mutant]));
const totals = { noticed: 0, survived: 0, uncovered: 0 };
for (const { files, specs } of decisions) {
  const places = placesOf(checkout, files).filter((place) => !only || place.includes(only));
  const mutants = new Map([...all].filter(([, { fileName }]) => places.includes(fileName)));
  if (mutants.size === 0) continue;
  const fates = await tryAll(placesOf(checkout, specs), mutants);
  for (const place of places) {
    const own = [...mutants.values()].filter(({ fileName }) => fileName === place);
    const source = readFileSync(join(checkout, place), 'utf8').split('\n');
    const of = (...kinds) => own.filter(({ id }) => kinds.includes(fates.get(id)));
    const [noticed, survived, uncovered] = [of('noticed', 'loop'), of('survived'), of('uncovered')];
    totals.noticed += noticed.length;
    totals.survived += survived.length;
    totals.uncovered += uncovered.length;
    process.stdout.write(`${place}  ${noticed.length} of ${own.length}\n`);
    for (const { id, location, replacement, mutatorName } of [...survived, ...uncovered]) {
      const line = location.start.line;
      const text = source[line]?.trim() ?? '';
      process.stdout.write(
        `  ${line + 1}:${location.start.column + 1} ${fates.get(id)} ${mutatorName}  ${text.slice(0, 90)}  ->  ${replacement.replace(/\s+/g, ' ').slice(0, 70)}\n`,
      );
    }
  }
}
const sum = totals.noticed + totals.survived + totals.uncovered;
process.stdout.write(
  `${totals.noticed} of ${sum} faults noticed (${((100 * totals.noticed) / sum).toFixed(1)} %), ${totals.survived} survived, ${totals.uncovered} in code that no test of decisions runs\n`,
);
