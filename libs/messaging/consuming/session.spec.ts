import { randomBytes } from 'node:crypto';
import type { ConfirmChannel } from 'amqplib';
import { makeEvent } from '#contracts';
import { startRabbit, type DisposableRabbit } from '../../../tools/servers/disposable.mjs';
import { pausable, until } from '../conformance/tools.js';
import { Broker } from '../broker/broker.js';
import { leaseForOne } from '../testing/guards.js';
import { answers, done } from '../answering/outcome.js';
import { Publisher } from '../publishing/publisher.js';
import { QueueConsumer } from './queue-consumer.js';
import { Settler } from './settle.js';
import { topologyOf, workQueue } from '../topology/topology.js';

let rabbit: DisposableRabbit;
beforeAll(async () => void (rabbit = await startRabbit()), 60_000);
afterAll(() => rabbit?.stop());

/** A connection that loses all acknowledgements of its first channel. */
class Forgetful extends Broker {
  lost = 0;
  private channels = 0;
  override async channel(stop?: AbortSignal): Promise<ConfirmChannel> {
    const channel = await super.channel(stop);
    if (this.channels++ === 0) channel.ack = channel.nack = () => void this.lost++;
    return channel;
  }
}

it('what comes again though it was settled is acknowledged, and neither handled nor copied', async () => {
  const system = `s-${randomBytes(4).toString('hex')}`;
  const queue = workQueue('course-enroller', system);
  const topology = topologyOf([system]).filter(({ name }) => name.startsWith('course-enroller'));
  const publisher = new Publisher(new Broker(rabbit.url, 'publishing', topology), 'test');
  const broker = new Forgetful(rabbit.url, 'consuming');
  const tool = new Broker(rabbit.url, 'looking on');
  const guard = pausable();
  const handled: string[] = [];
  const consumer = new QueueConsumer({
    broker,
    queue,
    system,
    topology,
    planOf: () => ({
      size: 20,
      waitMs: 20,
      handle: (deliveries) => {
        handled.push(...deliveries.map(({ event }) => event.subject!));
        if (handled.length === 20) guard.pause(); // with the next in hand
        return Promise.resolve(answers(deliveries, () => done()));
      },
    }),
    size: 20,
    waitMs: 20,
    publisher,
    settler: new Settler(publisher, queue, 'course-enroller', () => undefined),
    guard,
    takeLease: leaseForOne,
  });
  const channel = await tool.channel();
  const depth = async (): Promise<number> => (await channel.checkQueue(queue)).messageCount;
  await publisher.publishAll(
    Array.from({ length: 60 }, (_, index) =>
      makeEvent('itk.enrolment.due.v1', { system, code: `${index}` }, { service: 'test' }),
    ),
  );
  consumer.start();
  // 20 were done, about 20 behind them were copied, and none of these was acknowledged.
  await until('all of them came back', async () => broker.lost > 0 && (await depth()) >= 75);
  expect(handled).toHaveLength(20);
  guard.resume();
  await until('all were handled', () => handled.length >= 60);
  await consumer.stop();
  expect(await depth()).toBe(0);
  expect(new Set(handled).size).toBe(60);
  expect(handled).toHaveLength(60);
  await publisher.close();
  await broker.close();
  await tool.close();
}, 60_000);
