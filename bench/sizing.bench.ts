/*
 * How the work grows with the number of systems: processor time, memory, connections and queues of 1, 5 and 20
 * Moodles, every service in two processes. `ITK_BENCH_SCALE=0.1` shrinks the number of students.
 */
import { setTimeout as rest } from 'node:timers/promises';
import { topologyOf } from '#messaging';
import { residentMemory } from './memory/program.js';
import { table, whole } from './page.js';
import { openCampus, type Campus } from './sizing/campus.js';
import { connectionsTo, databaseConnections } from './sizing/connections.js';
import { checkEndState } from './synchronization/end-state.js';
import { processorTime, serverOf } from './synchronization/processor-time.js';
import { letPollerGo, zone } from './synchronization/setup.js';

const students = Math.max(20, Math.round(500 * Number(process.env.ITK_BENCH_SCALE ?? 1)));
const sizes = [1, 5, 20];
/** Seconds of rest before it counts as idle, and in which the idle one is watched. */
const settling = 20;
const watched = 30;
/** Milliseconds without a single student more. */
const patience = 300_000;

const progress = (text: string) => process.stderr.write(`${text}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

interface Size {
  systems: number;
  seconds: number;
  /** Of all services, milliseconds for each student of each system. */
  perStudent: number;
  /** Shares of one core while nothing is to be done: our services, broker, database. */
  idle: [ours: number, broker: number, database: number];
  /** MB of one process at its highest, by service: the larger of its two. */
  memory: Map<string, number>;
  /** To PostgreSQL: at most, and idle. To RabbitMQ: idle. */
  connections: { most: number; idle: number; broker: number };
  queues: number;
}

/** Lets all pollers go. @returns seconds until 1C holds a live row of every student in every system, most connections */
async function load({ systems, students: wanted, database }: Campus): Promise<{ seconds: number; most: number }> {
  const goal = systems.length * wanted.size;
  const begun = Date.now();
  for (const system of systems) await letPollerGo({ database, system });
  let last = 0;
  let most = 0;
  for (let movedAt = Date.now(); ; await rest(500)) {
    const { rows } = await database.query<{ good: number; faulty: number }>(
      `select count(*) filter (where not error)::int as good, count(*) filter (where error)::int as faulty
       from onec_component.synchronization where period >= (now() at time zone '${zone}')`,
    );
    const { good, faulty } = rows[0]!;
    if (faulty > 0) throw new Error(`${faulty} students are flagged as errors in a university without errors`);
    most = Math.max(most, await databaseConnections(database));
    if (good >= goal) return { seconds: (Date.now() - begun) / 1000, most };
    if (good > last) movedAt = Date.now();
    else if (Date.now() - movedAt > patience) throw new Error(`it stands still at ${good} of ${goal} students`);
    last = good;
  }
}

async function measure(number: number): Promise<Size> {
  progress(`  ${number}: preparing`);
  const campus = await openCampus(number, students);
  try {
    const { systems, moodles, processes, database } = campus;
    const servers = [
      serverOf(process.env.AMQP_URL!, 5672, 'beam.smp'),
      serverOf(process.env.DATABASE_URL!, 5432, 'postgres'),
    ];
    const spent = (): [number, number, number] => {
      const [broker, postgres, ...ours] = processorTime([
        ...servers.map((pid) => pid ?? 0),
        ...processes.map(({ pid }) => pid),
      ]);
      return [ours.reduce((sum, ms) => sum + ms, 0), broker!, postgres!];
    };
    const before = spent();
    const { seconds, most } = await load(campus);
    const perStudent = (spent()[0] - before[0]) / (number * students);
    for (const moodle of moodles) await checkEndState(moodle.url, campus.students);
    await rest(settling * 1000);
    const resting = spent();
    await rest(watched * 1000);
    const idle = spent().map((ms, index) => (ms - resting[index]!) / (watched * 1000)) as Size['idle'];
    const memory = new Map<string, number>();
    for (const { name, pid } of processes)
      memory.set(name.split('/')[1]!, Math.max(memory.get(name.split('/')[1]!) ?? 0, residentMemory(pid).peak));
    const connections = {
      ...{ most, idle: await databaseConnections(database) },
      broker: connectionsTo(
        process.env.AMQP_URL!,
        5672,
        processes.map(({ pid }) => pid),
      ),
    };
    progress(`  ${number}: ${seconds.toFixed(1)} s, ${connections.most} connections to PostgreSQL`);
    return { systems: number, seconds, perStudent, idle, memory, connections, queues: topologyOf(systems).length };
  } finally {
    await campus.close();
  }
}

const measured: Size[] = [];
for (const number of sizes) measured.push(await measure(number));
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const rowOf = (what: string, value: (size: Size) => string) => [what, ...measured.map(value)];
const services = [...measured[0]!.memory.keys()];
process.stdout.write(
  [
    '## One, five and twenty systems',
    '',
    table([
      ['what', ...sizes.map((number) => (number === 1 ? '1 system' : `${number} systems`))],
      rowOf('all students of all systems synchronised, s', ({ seconds }) => seconds.toFixed(1)),
      rowOf('processor time of our services for a student in a system, ms', ({ perStudent }) => perStudent.toFixed(1)),
      rowOf('idle: our services, of a core', ({ idle }) => percent(idle[0])),
      rowOf('idle: RabbitMQ, of a core', ({ idle }) => percent(idle[1])),
      rowOf('idle: PostgreSQL, of a core', ({ idle }) => percent(idle[2])),
      rowOf('connections to PostgreSQL, at most', ({ connections }) => whole(connections.most)),
      rowOf('connections to PostgreSQL, idle', ({ connections }) => whole(connections.idle)),
      rowOf('connections to RabbitMQ', ({ connections }) => whole(connections.broker)),
      rowOf('queues', ({ queues }) => whole(queues)),
      ...services.map((name) => rowOf(`${name}, MB at most`, ({ memory }) => memory.get(name)!.toFixed(0))),
    ]),
    '',
    `${students} students in each system, eight courses each; every service in two processes, as the manifests run them, all on this machine with the broker, the database and the sandboxes. Memory is VmHWM of the larger of a service's two processes, MB = 10^6 bytes. Idle is ${watched} s after ${settling} s of rest: the leases, the probes and the questions to 1C go on.`,
    '',
  ].join('\n'),
);
