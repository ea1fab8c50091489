import { connect, type Channel } from 'amqplib';
import { eventTypes, makeEvent, type CloudEvent } from '#contracts';
import { journalQueue, topologyOf, workQueue } from '#messaging';
import { examples } from '../libs/contracts/asyncapi/examples.js';
import { measureConsume, measurePublish, type Rate } from './messaging/measure.js';
import { ours } from './messaging/ours.js';
import { raw } from './messaging/raw.js';
import type { Side } from './messaging/side.js';
import { table, whole } from './page.js';
import { median, pairRatio, pairSpread } from './statistics.js';

/** Messages of one measurement, and rounds that count; one more before them warms up. */
const messages = 10_000;
const rounds = 7;
/** Events in one flight: a usual batch of a service. */
const flight = 100;
const batch = 50;
const wanted = 0.7;

const system = 'bench';
const queue = workQueue('user-provisioner', system);
const journal = journalQueue(system);
const topology = topologyOf([system]).filter(({ name }) => name.startsWith(queue) || name === journal);
const url = process.env.AMQP_URL!;

const progress = (text: string) => process.stderr.write(`${text}\n`);

/** A student with eight courses. */
function student(number: number): CloudEvent {
  const example = examples[eventTypes.StudentChanged];
  const code = String(number).padStart(9, '0');
  return makeEvent(
    eventTypes.StudentChanged,
    {
      ...example,
      system,
      person: { ...example.person, code },
      courses: Array.from({ length: 8 }, (_, index) => ({ id: 17 + index, role: 'student' })),
    },
    { service: 'onec-poller', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
  );
}

const events = Array.from({ length: messages }, (_, number) => student(number));
/** For what waits for the broker at every message. */
const few = events.slice(0, messages / 10);
const some = events.slice(0, (3 * messages) / 10);

/** Waits until the queue holds exactly so many; says so when it does not come to it. */
async function untilHolds(channel: Channel, count: number): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const { messageCount } = await channel.checkQueue(queue);
    if (messageCount === count) return;
    if (Date.now() > until) throw new Error(`${queue} holds ${messageCount} messages and not ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function empty(channel: Channel): Promise<void> {
  for (const name of [queue, journal]) await channel.purgeQueue(name);
  await untilHolds(channel, 0);
}

/** Measurements with a name; each leaves the queues empty. */
function measurements(sides: Record<'ours' | 'rawOnce' | 'rawCopied' | 'rawBatchAck', Side>, channel: Channel) {
  const publishing = (side: Side, what: readonly CloudEvent[], size: number) => async (): Promise<Rate> => {
    await empty(channel);
    const measured = await measurePublish(side, what, size);
    await untilHolds(channel, what.length);
    return measured;
  };
  const consuming = (side: Side, what: readonly CloudEvent[], size: number) => async (): Promise<Rate> => {
    await empty(channel);
    for (let at = 0; at < what.length; at += flight) await sides.rawOnce.publish(what.slice(at, at + flight));
    await untilHolds(channel, what.length);
    return measureConsume(side, size, what.length);
  };
  return {
    'publish raw': publishing(sides.rawOnce, events, flight),
    'publish ours': publishing(sides.ours, events, flight),
    'publish raw copied': publishing(sides.rawCopied, events, flight),
    'one by one raw': publishing(sides.rawOnce, few, 1),
    'one by one ours': publishing(sides.ours, few, 1),
    'one by one raw copied': publishing(sides.rawCopied, few, 1),
    'single raw': consuming(sides.rawOnce, some, 1),
    'single ours': consuming(sides.ours, some, 1),
    'batch raw': consuming(sides.rawOnce, events, batch),
    'batch ours': consuming(sides.ours, events, batch),
    'batch raw one ack': consuming(sides.rawBatchAck, events, batch),
  } satisfies Record<string, () => Promise<Rate>>;
}
type Name = keyof ReturnType<typeof measurements>;

function report(of: Map<Name, Rate[]>): string {
  const speeds = (name: Name) => of.get(name)!.map(({ perSecond }) => perSecond);
  const row = (what: string, theirs: Name, own: Name): string[] => {
    const ratio = pairRatio(speeds(own), speeds(theirs));
    const cpu = (name: Name) => median(of.get(name)!.map(({ cpuMicros }) => cpuMicros)).toFixed(0);
    return [
      what,
      whole(median(speeds(theirs))),
      whole(median(speeds(own))),
      `${(100 * ratio).toFixed(0)} %`,
      pairSpread(speeds(own), speeds(theirs)),
      cpu(theirs),
      cpu(own),
      ratio >= wanted ? 'reached' : 'missed',
    ];
  };
  return [
    '## Messaging beside raw amqplib',
    '',
    table([
      [
        'what',
        'raw, messages/s',
        'ours, messages/s',
        'ratio',
        'of the pairs',
        'raw, CPU µs',
        'ours, CPU µs',
        `${100 * wanted} % of raw`,
      ],
      row(`publish, ${flight} in flight; raw publishes the same copies`, 'publish raw copied', 'publish ours'),
      row(`publish, ${flight} in flight; raw publishes no copy`, 'publish raw', 'publish ours'),
      row(
        'publish, each confirmed before the next; raw publishes the same copies',
        'one by one raw copied',
        'one by one ours',
      ),
      row('publish, each confirmed before the next; raw publishes no copy', 'one by one raw', 'one by one ours'),
      row('consume one by one', 'single raw', 'single ours'),
      row(`consume in batches of ${batch}; raw acknowledges each message`, 'batch raw', 'batch ours'),
      row(`consume in batches of ${batch}; raw acknowledges each batch`, 'batch raw one ack', 'batch ours'),
    ]),
    '',
    [
      `Medians of ${rounds} rounds of ${whole(messages)} messages (consumed one by one ${whole(some.length)}, each confirmed`,
      `before the next ${whole(few.length)}) of ${whole(Buffer.byteLength(JSON.stringify(events[0])))} bytes; the ratio is the`,
      'median of the ratios of each round, whose order turns round from one to the next. Both use the same queue with all',
      'its arguments (quorum, single active consumer, dead-lettered at least once), persistent messages, mandatory,',
      'confirms, the same properties and the same prefetch (two batches). We publish each event to its consumers, and',
      'what is published together once more as one message to the journal, whose confirm nobody waits for: the raw side',
      'that publishes the same copies does just that. The raw side makes and reads JSON and does nothing else; ours',
      'checks what it reads against its schema, counts, times and watches for redelivered messages. Nest is on neither',
      "side. CPU is the client process's time for one message.",
    ].join(' '),
  ].join('\n');
}

const connection = await connect(url);
const channel = await connection.createChannel();
const sides = {
  ours: ours(url, { queue, system, topology }),
  rawOnce: await raw(url, queue, { journal: false, acknowledge: 'each' }),
  rawCopied: await raw(url, queue, { journal: true, acknowledge: 'each' }),
  rawBatchAck: await raw(url, queue, { journal: false, acknowledge: 'batch' }),
};
// our publisher declares the topology when it connects
await sides.ours.publish(few.slice(0, 1));

const all = measurements(sides, channel);
const results = new Map<Name, Rate[]>(Object.keys(all).map((name) => [name as Name, []]));
for (let round = 0; round <= rounds; round++) {
  const order = Object.keys(all) as Name[];
  for (const name of round % 2 === 0 ? order : order.reverse()) {
    const measured = await all[name]();
    progress(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${name} ${whole(measured.perSecond)}/s`);
    if (round > 0) results.get(name)!.push(measured);
  }
}
process.stdout.write(`${report(results)}\n`);
await Promise.all(Object.values(sides).map((side) => side.close()));
await connection.close();
