import { table, whole } from '../page.js';
import { services } from './setup.js';
import type { Run } from './measure.js';
import { total } from './moodle.js';
import { coursesEach, courses } from './university.js';

export interface Results {
  /** Several times the same. */
  small: Run[];
  middle: Run;
  large: Run;
  /** 50 ms on the way to Moodle. */
  slow: Run;
  /** Everybody offered again after `middle`. */
  unchanged: Run;
}

const wanted = { perSecond: 800, megabytes: 200, growth: 1.2 };

const rate = (run: Run): number => run.students / run.seconds;
const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);
const ours = (run: Run): number => sum(run.ours.values()) / run.students;
const peak = (run: Run): number => Math.max(...run.peak.values());
const verdict = (reached: boolean): string => (reached ? 'reached' : 'missed');
const two = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(2));

/** The run whose rate has as many above as below. */
function middleOf(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((a, b) => rate(a) - rate(b));
  return sorted[sorted.length >> 1]!;
}

type Named = readonly (readonly [name: string, run: Run])[];

function ratesTable(runs: Named): string {
  const each = (run: Run, ms: number | undefined) => two(ms === undefined ? undefined : ms / run.students);
  return table([
    [
      'Moodle',
      'students',
      'seconds',
      'students/s',
      'Moodle calls per 100',
      'ours',
      'broker',
      'PostgreSQL',
      'Moodle sandbox',
    ],
    ...runs.map(([name, run]) => [
      name,
      whole(run.students),
      run.seconds.toFixed(1),
      whole(rate(run)),
      ((100 * total(run.moodleCalls)) / run.students).toFixed(1),
      two(ours(run)),
      each(run, run.broker),
      each(run, run.database),
      each(run, run.moodle),
    ]),
  ]);
}

function targetsTable({ middle, large, unchanged }: Results, small: Run, all: readonly Run[]): string {
  const most = Math.max(...all.map(peak));
  const who = services.find((name) => all.some((run) => run.peak.get(name) === most));
  const growth = rate(small) / rate(large);
  const callsUnchanged = total(unchanged.moodleCalls);
  return table([
    ['target', 'measured', 'verdict'],
    ...[small, middle, large].map((run) => [
      `${wanted.perSecond} students/s at no latency, ${whole(run.students)} students`,
      whole(rate(run)),
      verdict(rate(run) >= wanted.perSecond),
    ]),
    [
      `time per student at ${whole(large.students)} within ${wanted.growth} of that at ${whole(small.students)}`,
      `${two(growth)}; of that at ${whole(middle.students)}: ${two(rate(middle) / rate(large))}`,
      verdict(growth <= wanted.growth),
    ],
    [
      'processor time of ours a student: the same',
      `${two(ours(large) / ours(small))}; of that at ${whole(middle.students)}: ${two(ours(large) / ours(middle))}`,
      verdict(ours(large) / ours(small) <= wanted.growth),
    ],
    [
      `peak memory of a service under ${wanted.megabytes} MB`,
      `${whole(most)} MB (${who})`,
      verdict(most < wanted.megabytes),
    ],
    ['no call to Moodle where nothing has changed', whole(callsUnchanged), verdict(callsUnchanged === 0)],
  ]);
}

function servicesTable({ middle, large, unchanged }: Results, small: Run): string {
  const runs = [small, middle, large];
  const size = (run: Run) => whole(run.students);
  return table([
    [
      'service',
      ...[...runs.map((run) => `CPU ms, ${size(run)}`), 'CPU ms, no change'],
      ...runs.map((run) => `peak, ${size(run)}`),
    ],
    ...services.map((name) => [
      name,
      ...[...runs, unchanged].map((run) => two(run.ours.get(name)! / run.students)),
      ...runs.map((run) => `${whole(run.peak.get(name)!)} MB`),
    ]),
  ]);
}

function callsTable(runs: Named): string {
  const functions = [...new Set(runs.flatMap(([, run]) => [...run.moodleCalls.keys()]))].sort();
  return table([
    ['function, calls per 100 students', ...runs.map(([name, run]) => `${name}, ${whole(run.students)}`)],
    ...functions.map((one) => [
      `\`${one}\``,
      ...runs.map(([, run]) => ((100 * (run.moodleCalls.get(one) ?? 0)) / run.students).toFixed(2)),
    ]),
  ]);
}

export function report(results: Results): string {
  const { middle, large, slow, unchanged } = results;
  const small = middleOf(results.small);
  const runs: Named = [
    ['no latency', small],
    ['no latency', middle],
    ['no latency', large],
    ['50 ms a call', slow],
    ['nothing changed', unchanged],
  ];
  const rates = results.small.map(rate).sort((a, b) => a - b);
  return [
    '## Students end to end',
    '',
    `Each student with ${coursesEach} courses. The last four columns: processor time, ms a student.`,
    '',
    ratesTable(runs),
    '',
    targetsTable(results, small, [...results.small, middle, large, slow, unchanged]),
    '',
    'Services at no latency: processor time a student, and peak memory (VmHWM, MB = 10^6 bytes):',
    '',
    servicesTable(results, small),
    '',
    callsTable(runs.slice(0, -1)),
    '',
    [
      'Every service runs as a process of its own as `npm run service` starts it, the console among them; the Moodle sandbox',
      'is another process, and all share this machine with the broker and PostgreSQL (which syncs to disk). Settings are the',
      'defaults: 1,000 students in flight, two calls to Moodle at a time. Each run begins with fresh processes, an empty',
      `database and Moodle with ${whole(courses)} courses, and queues of its own, so that compiling at the start is in it; the`,
      'pass without change goes on in the processes of the run before it. The clock begins with everything ready, the',
      "mirror of 1C filled and the poller held by a person's pause, at the moment when the pause is lifted, and ends when",
      '1C holds a live row for every student: by the event that says so of the last one, or by the look at the register (5 a',
      'second) that found them all. First come also the changes of bindings, 8 a curriculum. Processor time (utime and',
      'stime, of descendants too) counts from the same beginning until the console has taken the last event into its',
      'journal. After each run every account and every enrolment is compared with an independent calculation: one wrong',
      `fails the bench. ${whole(small.students)} students is the median of ${results.small.length} runs`,
      `(${rates.map(whole).join(', ')} students/s); the others ran once. For the pass without change 1C's live rows are`,
      'ended by SQL, so that it offers everybody again.',
    ].join(' '),
  ].join('\n');
}
