/*
 * The whole way of a student. `ITK_BENCH_SCALE=0.05` shrinks the numbers of students, for trying whether it runs.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { createSandboxOneC } from '../sandbox/onec/server.js';
import { whole } from './page.js';
import { bareScript } from './synchronization/bare-script.js';
import { checkEndState, studentsOf } from './synchronization/end-state.js';
import { clearGround, prepareGround, startMoodle } from './synchronization/ground.js';
import { measure, offerAllAgain, type Run } from './synchronization/measure.js';
import { token } from './synchronization/moodle.js';
import { report, type Results } from './synchronization/report.js';
import { benchUniversity, els } from './synchronization/university.js';

const scale = Number(process.env.ITK_BENCH_SCALE ?? 1);
const scaled = (students: number): number => Math.max(20, Math.round(students * scale));
const small = scaled(1_000);
const middle = scaled(10_000);
const large = scaled(50_000);
const costly = scaled(2_000);
const repeats = 3;
const latency = ['--latency', '50'];
const cost = ['--cost'];

const progress = (text: string) => process.stderr.write(`${text}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void clearGround().finally(() => process.exit(1)));

function tell(what: string, run: Run): Run {
  progress(`${what}: ${run.seconds.toFixed(1)} s, ${whole(run.students / run.seconds)} students/s`);
  return run;
}

/** A run of its own: fresh processes, database and queues; `then` goes on in the same ones. */
async function onGround(what: string, students: number, moodle: string[] = [], then = false): Promise<Run[]> {
  progress(`${what}: ${whole(students)} students, preparing`);
  try {
    const ground = await prepareGround(students, moodle);
    await rest(2_000); // what the start has stirred up settles
    const runs = [tell(what, await measure(ground, progress))];
    if (then) {
      await offerAllAgain(ground);
      runs.push(tell('no change', await measure(ground, progress)));
    }
    return runs;
  } finally {
    await clearGround();
  }
}

/** @returns seconds */
async function bare(count: number): Promise<number> {
  progress(`bare script: ${whole(count)} students`);
  const onec = await createSandboxOneC({ university: benchUniversity(count) });
  const students = studentsOf(onec.expected(els), count);
  await onec.close();
  const moodle = await startMoodle(cost);
  try {
    const begun = performance.now();
    await bareScript(moodle.url, token, students);
    const seconds = (performance.now() - begun) / 1000;
    await checkEndState(moodle.url, students);
    return seconds;
  } finally {
    await moodle.stop();
  }
}

const ofSmall: Run[] = [];
for (let round = 0; round < repeats; round++) ofSmall.push(...(await onGround('no latency', small)));
const [ofMiddle, unchanged] = (await onGround('no latency', middle, [], true)) as [Run, Run];
const [ofLarge] = (await onGround('no latency', large)) as [Run];
const [slow] = (await onGround('50 ms', middle, latency)) as [Run];
const [priced] = (await onGround('cost model', costly, cost)) as [Run];
const results: Results = {
  small: ofSmall,
  middle: ofMiddle,
  large: ofLarge,
  slow,
  priced,
  unchanged,
  bare: await bare(costly),
};
process.stdout.write(`${report(results)}\n`);
