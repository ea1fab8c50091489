/**
 * `npm run mutate [-- PART OF A PATH]`: makes every small fault in the decisions, one at a time, and tells which of
 * them no test notices. A fault that ends in a loop counts as noticed, and is named. What it found stands in
 * docs/testing.md.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decisions } from './decisions.mjs';
import { filesOf, layOut } from './build.mjs';
import { patience } from './patience.mjs';

/**
 * @import { Message } from './worker.mjs'
 *
 * @typedef {'noticed' | 'survived' | 'loop' | 'uncovered'} Verdict What became of a mutant.
 */

const checkout = resolve(import.meta.dirname, '../..');
const tree = join(checkout, '.local/mutation');
/** Milliseconds of work; and what all tests took without a mutant comes on top. */
const loopAfter = 5_000;

/**
 * @param {string} atLoad a mutant that is awake from the start, or `none`
 * @param {readonly string[]} specs
 */
const worker = (atLoad, specs) =>
  fork(join(import.meta.dirname, 'worker.mjs'), [tree, atLoad, ...specs], {
    silent: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });

/**
 * A mutant in what is computed once, as its file is loaded, needs a process of its own.
 * @param {string} id
 * @param {readonly string[]} specs
 * @returns {Promise<Verdict>}
 */
function tryAtLoad(id, specs) {
  return new Promise((resolve) => {
    const child = worker(id, specs);
    // A file that cannot even be loaded is noticed.
    /** @type {Verdict} */
    let verdict = 'noticed';
    const stopWatching = patience(child, 4 * loopAfter, () => {
      verdict = 'loop';
      child.kill('SIGKILL');
    });
    child.on('message', (/** @type {Message} */ { noticed }) => void (verdict = noticed ? 'noticed' : 'survived'));
    child.on('close', () => {
      stopWatching();
      resolve(verdict);
    });
  });
}

/**
 * @param {readonly string[]} specs
 * @param {ReadonlyMap<string, unknown>} mutants
 * @returns {Promise<Map<string, Verdict>>} by mutant
 */
async function tryAll(specs, mutants) {
  /** @type {Map<string, Verdict>} */
  const verdicts = new Map();
  /** @type {string[] | undefined} */
  let covered;
  /** @type {string[]} */
  let loaded = [];
  let most = loopAfter;
  const nextOne = () => covered?.find((id) => !verdicts.has(id));
  while (covered === undefined || nextOne() !== undefined) {
    await new Promise((end, fail) => {
      const child = worker('none', specs);
      let words = '';
      child.stderr?.on('data', (chunk) => (words += chunk));
      let stopWatching = () => {};
      /** @type {string | undefined} */
      let current;
      const next = () => {
        stopWatching();
        const mutant = (current = nextOne());
        if (mutant === undefined) return void child.kill();
        stopWatching = patience(child, most, () => {
          verdicts.set(mutant, 'loop');
          child.kill('SIGKILL');
        });
        child.send({ mutant });
      };
      child.on('message', (/** @type {Message} */ message) => {
        if (message.broken) return fail(new Error(`without any mutant a test fails:\n${message.broken}`));
        if (message.covered) {
          most = loopAfter + 2 * (message.took ?? 0);
          covered ??= message.covered.filter((id) => mutants.has(id));
          loaded = (message.loaded ?? []).filter((id) => mutants.has(id));
        }
        if (message.mutant) verdicts.set(message.mutant, message.noticed ? 'noticed' : 'survived');
        next();
      });
      child.on('close', () => {
        stopWatching();
        if (covered === undefined) return fail(new Error(`the tests could not be loaded:\n${words}`));
        // It ended the process: that is noticed.
        if (current !== undefined && !verdicts.has(current)) verdicts.set(current, 'noticed');
        end(undefined);
      });
    });
  }
  for (const id of loaded) verdicts.set(id, await tryAtLoad(id, specs));
  for (const id of mutants.keys()) if (!verdicts.has(id)) verdicts.set(id, 'uncovered');
  return verdicts;
}

const only = process.argv[2];
const all = new Map((await layOut({ checkout, tree, decisions })).map((mutant) => [mutant.id, mutant]));
const totals = { noticed: 0, looped: 0, survived: 0, uncovered: 0 };
for (const { files, specs } of decisions) {
  const paths = filesOf(checkout, files).filter((path) => !only || path.includes(only));
  const mutants = new Map([...all].filter(([, { fileName }]) => paths.includes(fileName)));
  if (mutants.size === 0) continue;
  const verdicts = await tryAll(filesOf(checkout, specs), mutants);
  for (const path of paths) {
    const own = [...mutants.values()].filter(({ fileName }) => fileName === path);
    const source = readFileSync(join(checkout, path), 'utf8').split('\n');
    const judged = (/** @type {Verdict[]} */ ...wanted) =>
      own.filter(({ id }) => wanted.includes(verdicts.get(id) ?? 'uncovered'));
    const [looped, survived, uncovered] = [judged('loop'), judged('survived'), judged('uncovered')];
    const noticed = judged('noticed', 'loop');
    totals.noticed += noticed.length;
    totals.looped += looped.length;
    totals.survived += survived.length;
    totals.uncovered += uncovered.length;
    process.stdout.write(`${path}  ${noticed.length} of ${own.length}\n`);
    for (const { id, location, replacement, mutatorName } of [...survived, ...uncovered, ...looped]) {
      const line = location.start.line;
      const text = source[line]?.trim() ?? '';
      process.stdout.write(
        `  ${line + 1}:${location.start.column + 1} ${verdicts.get(id)} ${mutatorName}  ${text.slice(0, 90)}  ->  ${replacement.replace(/\s+/g, ' ').slice(0, 70)}\n`,
      );
    }
  }
}
const sum = totals.noticed + totals.survived + totals.uncovered;
process.stdout.write(
  `${totals.noticed} of ${sum} faults noticed (${((100 * totals.noticed) / sum).toFixed(1)} %; ${totals.looped} of them by a loop), ${totals.survived} survived, ${totals.uncovered} in code that no test of decisions runs\n`,
);
