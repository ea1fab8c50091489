import { setTimeout as rest } from 'node:timers/promises';
import { connect } from 'amqplib';
import { eventTypes } from '#contracts';
import { journalQueue } from '#messaging';
import { residentMemory } from '../memory/program.js';
import { checkEndState } from './end-state.js';
import { holdPoller, letPollerGo, zone, type Setup } from './setup.js';
import { callsOf, callsSince, type Calls } from './moodle.js';
import { processorTime, serverOf } from './processor-time.js';

export interface Run {
  students: number;
  /** By the clock. */
  seconds: number;
  moodleCalls: Calls;
  /** Processor milliseconds of the whole run, by service. */
  ours: Map<string, number>;
  /** Processor milliseconds; undefined when the server is not on this machine. */
  broker?: number;
  database?: number;
  moodle: number;
  /** Peak resident MB by service, from its start to the end of the run. */
  peak: Map<string, number>;
}

/** Milliseconds between two looks at the register. */
const look = 200;
/** Milliseconds without a single student more. */
const patience = 180_000;
/** The register holds dates of the infobase. */
const live = `onec_component.synchronization where period >= (now() at time zone '${zone}')`;

/** Waits until 1C holds a live row of every student. @returns when that was seen, ms since 1970 */
async function untilAllHidden({ database, students }: Setup, progress: (text: string) => void): Promise<number> {
  let last = 0;
  let movedAt = Date.now();
  let toldAt = Date.now();
  for (;;) {
    const looked = Date.now();
    const { rows } = await database.query<{ good: number; faulty: number }>(
      `select count(*) filter (where not error)::int as good, count(*) filter (where error)::int as faulty from ${live}`,
    );
    const { good, faulty } = rows[0]!;
    if (faulty > 0) throw new Error(`${faulty} students are flagged as errors in a university without errors`);
    if (good >= students.size) {
      const distinct = await database.query<{ n: number }>(`select count(distinct student)::int as n from ${live}`);
      if (distinct.rows[0]!.n >= students.size) return looked;
    }
    if (good > last) movedAt = looked;
    else if (looked - movedAt > patience) throw new Error(`it stands still at ${good} of ${students.size} students`);
    last = good;
    if (looked - toldAt > 15_000) {
      progress(`  ${good} of ${students.size}`);
      toldAt = looked;
    }
    await rest(Math.max(0, look - (Date.now() - looked)));
  }
}

/** Until the console has taken the last event: the journal costs something too. */
async function untilJournalled(setup: Setup, begun: number): Promise<void> {
  const connection = await connect(process.env.AMQP_URL!);
  const channel = await connection.createChannel();
  let empty = 0;
  for (const until = Date.now() + 300_000; ; await rest(500)) {
    const { messageCount } = await channel.checkQueue(journalQueue(setup.system));
    empty = messageCount === 0 ? empty + 1 : 0;
    // the console gathers what it has taken for half a second before it stores it
    if (empty > 0 && (empty > 10 || (await lastReported(setup, begun)) !== undefined)) break;
    if (Date.now() > until) throw new Error('the console does not empty its journal queue');
  }
  await connection.close();
}

/**
 * When the last student was told to 1C, by the journal: closer than two looks at the register are to one another.
 * Undefined when the journal does not hold every one of them.
 */
async function lastReported({ database, students }: Setup, begun: number): Promise<number | undefined> {
  const { rows } = await database.query<{ n: number; last: Date | null }>(
    `select count(distinct subject)::int as n, max(at) as last from console.journal where type = $1 and at >= $2`,
    [eventTypes.StudentReported, new Date(begun)],
  );
  return rows[0]!.n === students.size ? rows[0]!.last?.getTime() : undefined;
}

/** Lets the poller go and measures until 1C holds a live row for every student. Fails when the end state is wrong. */
export async function measure(setup: Setup, progress: (text: string) => void): Promise<Run> {
  const { moodle, services, students } = setup;
  const broker = serverOf(process.env.AMQP_URL!, 5672, 'beam.smp');
  const database = serverOf(process.env.DATABASE_URL!, 5432, 'postgres');
  const names = [...services.keys()];
  const roots = [...services.values()].map(({ pid }) => pid);
  const spent = () => processorTime([moodle.pid, broker ?? 0, database ?? 0, ...roots]);
  const calls = await callsOf(moodle.url);
  const before = spent();
  const begun = Date.now();
  await letPollerGo(setup);
  const seen = await untilAllHidden(setup, progress);
  await untilJournalled(setup, begun);
  const [ofMoodle, ofBroker, ofDatabase, ...ofServices] = spent().map((ms, index) => ms - before[index]!);
  const ended = Math.min(seen, (await lastReported(setup, begun)) ?? seen);
  const run: Run = {
    students: students.size,
    seconds: (ended - begun) / 1000,
    moodleCalls: callsSince(calls, await callsOf(moodle.url)),
    ours: new Map(names.map((name, index) => [name, ofServices[index]!])),
    ...(broker !== undefined && { broker: ofBroker! }),
    ...(database !== undefined && { database: ofDatabase! }),
    moodle: ofMoodle!,
    peak: new Map([...services].map(([name, { pid }]) => [name, residentMemory(pid).peak])),
  };
  await checkEndState(moodle.url, students);
  return run;
}

/** 1C offers everybody again, as if the month were over; nothing has changed. The poller is held until measured. */
export async function offerAllAgain(setup: Setup): Promise<void> {
  await holdPoller(setup);
  // what it has asked for it may still be taking in
  await rest(2_000);
  await setup.database.query(`update onec_component.synchronization set period = period - interval '100 years'`);
}
