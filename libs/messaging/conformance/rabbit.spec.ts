import { randomBytes } from 'node:crypto';
import { routingKey } from '#contracts';
import type { Lease } from '#persistence';
import { leaseOn } from '../consuming/take-lease.js';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { startRabbit, type DisposableRabbit } from '../../../tools/servers/disposable.mjs';
import { Broker } from '../broker/broker.js';
import { alwaysOpen } from '../testing/guards.js';
import { kindOfDeath } from '../topology/headers.js';
import { Publisher } from '../publishing/publisher.js';
import { QueueConsumer } from '../consuming/queue-consumer.js';
import { Settler } from '../consuming/settle.js';
import {
  deadQueue,
  exchange,
  journalQueue,
  ladder,
  retryQueue,
  topologyOf,
  workQueue,
  type RetryStep,
} from '../topology/topology.js';
import { conformance } from './suite.js';
import { until } from './tools.js';
import type { ConsumeWith, RunningConsumer, TransportUnderTest } from './transport.js';

const service = 'course-enroller';
const waits: Record<RetryStep, number> = { '10s': 40, '1m': 80, '5m': 160, '15m': 320, '1h': 640 };
const journalHolds = 40;

let rabbit: DisposableRabbit | undefined;
let database: TestDatabase | undefined;

async function make(): Promise<TransportUnderTest> {
  rabbit ??= await startRabbit();
  database ??= await createTestDatabase();
  const { url } = rabbit;
  const databaseUrl = database.url;
  const tag = randomBytes(4).toString('hex');
  const systems: [string, string] = [`a-${tag}`, `b-${tag}`];
  const [first] = systems;
  const topology = topologyOf(systems, waits)
    .filter(({ name }) => name.startsWith(service) || name.startsWith('console.'))
    .map((queue) =>
      queue.name.startsWith('console.')
        ? { ...queue, arguments: { ...queue.arguments, 'x-max-length': journalHolds } }
        : queue,
    );
  const publisher = new Publisher(new Broker(url, 'publishing', topology), 'test');
  const tool = new Broker(url, 'looking on', topology);
  const withChannel = async <T>(work: (channel: Awaited<ReturnType<Broker['channel']>>) => Promise<T>): Promise<T> => {
    const channel = await tool.channel();
    try {
      return await work(channel);
    } finally {
      await channel.close().catch(() => {});
    }
  };
  const depth = (queue: string): Promise<number> =>
    withChannel(async (channel) => (await channel.checkQueue(queue)).messageCount);

  function consume({
    handle,
    size = 10,
    guard = alwaysOpen(),
    system = first,
    takeLease,
  }: ConsumeWith): RunningConsumer {
    const queue = workQueue(service, system);
    const broker = new Broker(url, 'consuming');
    const own = new Publisher(new Broker(url, 'publishing of a consumer'), service);
    const plan = { handle, size, waitMs: 20 };
    let lease: Lease | undefined;
    const consumer = new QueueConsumer({
      broker,
      queue,
      system,
      topology,
      planOf: (type) => (type === 'itk.binding.changed.v1' ? plan : undefined),
      size,
      waitMs: 20,
      publisher: own,
      settler: new Settler(own, queue, service, () => undefined, Math.random),
      guard,
      takeLease: takeLease ?? (async (key, stop) => (lease = await leaseOn(databaseUrl)(key, stop))),
    });
    consumer.start();
    let ended: Promise<void> | undefined;
    return {
      close: () =>
        (ended ??= consumer.stop().then(async () => {
          await own.close();
          await broker.close();
        })),
      die: async () => {
        // As a killed process: its connections break with everything unacknowledged; nothing more is published.
        ended = Promise.resolve();
        consumer.abandon();
        await Promise.all([broker.close(), own.close()]);
        await lease?.release();
      },
    };
  }

  return {
    systems,
    waits: ladder.map((step) => waits[step.name]),
    journalHolds,
    consume,
    publish: (event) => publisher.publish(event),
    publishToNowhere: () =>
      publisher.send({
        exchange,
        key: routingKey('no-such-system', 'itk.student.changed.v1'),
        body: Buffer.from('{}'),
      }),
    inject: (body) => publisher.send({ exchange: '', key: workQueue(service, first), body }),
    waiting: (system = first) => depth(workQueue(service, system)),
    elsewhere: async () => {
      const work = workQueue(service, first);
      const depths = await Promise.all(
        [deadQueue(work), ...ladder.map(({ name }) => retryQueue(work, name))].map(depth),
      );
      return depths.reduce((sum, each) => sum + each, 0);
    },
    journalDepth: () => depth(journalQueue(first)),
    drainDead: () =>
      withChannel(async (channel) => {
        const letters = [];
        for (;;) {
          const letter = await channel.get(deadQueue(workQueue(service, first)));
          if (!letter) return letters;
          const headers = letter.properties.headers ?? {};
          letters.push({ body: letter.content, headers: { ...headers, kind: kindOfDeath(headers) } });
          channel.ack(letter);
        }
      }),
    deleteQueue: () => withChannel(async (channel) => void (await channel.deleteQueue(workQueue(service, first)))),
    cutConnections: async () => {
      const api = new URL('/api/connections', rabbit!.api);
      const headers = {
        authorization: `Basic ${Buffer.from(`${api.username}:${api.password}`).toString('base64')}`,
      };
      api.username = api.password = '';
      let closed = 0;
      // The management interface learns of a connection some seconds after it was opened.
      await until('the broker lists connections', async () => {
        const list = (await (await fetch(api, { headers })).json()) as { name: string }[];
        for (const { name } of list) {
          await fetch(`${api.href}/${encodeURIComponent(name)}`, { method: 'DELETE', headers });
          closed++;
        }
        return closed >= 3;
      });
    },
    restartBroker: () => rabbit!.restart(),
    stop: async () => {
      await withChannel(async (channel) => {
        for (const queue of topology) await channel.deleteQueue(queue.name);
      });
      await publisher.close();
      await tool.close();
    },
  };
}

conformance('RabbitMQ', make, async () => {
  await rabbit?.stop();
  await database?.drop();
});
