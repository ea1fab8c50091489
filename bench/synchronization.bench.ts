/*
 * The whole way of a student. `ITK_BENCH_SCALE=0.05` shrinks the numbers of students, for trying whether it runs.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { whole } from './page.js';
import { closeSetup, openSetup } from './synchronization/setup.js';
import { measure, offerAllAgain, type Run } from './synchronization/measure.js';
import { report, type Results } from './synchronization/report.js';

const scale = Number(process.env.ITK_BENCH_SCALE ?? 1);
const scaled = (students: number): number => Math.max(20, Math.round(students * scale));
const small = scaled(1_000);
const middle = scaled(10_000);
const large = scaled(50_000);
const repeats = 3;
const latency = ['--latency', '50'];

const progress = (text: string) => process.stderr.write(`${text}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeSetup().finally(() => process.exit(1)));

function tell(what: string, run: Run): Run {
  progress(`${what}: ${run.seconds.toFixed(1)} s, ${whole(run.students / run.seconds)} students/s`);
  return run;
}

/** A run of its own: fresh processes, database and queues; `then` goes on in the same ones. */
async function freshRun(what: string, students: number, moodle: string[] = [], then = false): Promise<Run[]> {
  progress(`${what}: ${whole(students)} students, preparing`);
  try {
    const setup = await openSetup(students, moodle);
    await rest(2_000); // what the start has stirred up settles
    const runs = [tell(what, await measure(setup, progress))];
    if (then) {
      await offerAllAgain(setup);
      runs.push(tell('no change', await measure(setup, progress)));
    }
    return runs;
  } finally {
    await closeSetup();
  }
}

const ofSmall: Run[] = [];
for (let round = 0; round < repeats; round++) ofSmall.push(...(await freshRun('no latency', small)));
const [ofMiddle, unchanged] = (await freshRun('no latency', middle, [], true)) as [Run, Run];
const [ofLarge] = (await freshRun('no latency', large)) as [Run];
const [slow] = (await freshRun('50 ms', middle, latency)) as [Run];
const results: Results = {
  small: ofSmall,
  middle: ofMiddle,
  large: ofLarge,
  slow,
  unchanged,
};
process.stdout.write(`${report(results)}\n`);
