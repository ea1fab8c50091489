import { randomBytes } from 'node:crypto';
import { failed, makeEvent } from '#contracts';
import {
  answers,
  Broker,
  done,
  Publisher,
  QueueConsumer,
  Settler,
  topologyOf,
  workQueue,
  type Delivery,
} from '#messaging';
import { leaseForOne } from '#messaging/testing';
import { startRabbit, type DisposableRabbit } from '../../tools/servers/disposable.mjs';
import { SystemGuard } from './system-guard.js';

let rabbit: DisposableRabbit;
beforeAll(async () => void (rabbit = await startRabbit()), 60_000);
afterAll(() => rabbit?.stop());

const until = async (what: string, condition: () => unknown): Promise<void> => {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** As when no new connection can be dialled - no name, no place left - while those of the pool live on. */
it('while the database answers and fails the work all the same, 300 stay 300, and one is tried after ever longer rests', async () => {
  const system = `v-${randomBytes(4).toString('hex')}`;
  const queue = workQueue('course-enroller', system);
  const topology = topologyOf([system]).filter(({ name }) => name.startsWith('course-enroller'));
  const publisher = new Publisher(new Broker(rabbit.url, 'publishing', topology), 'test');
  const [broker, tool] = [new Broker(rabbit.url, 'consuming'), new Broker(rabbit.url, 'looking on')];
  const nothing = {
    of: () => [],
    put: () => Promise.resolve(),
    lift: () => Promise.resolve(false),
    onChange: () => () => {},
  };
  const asked = (): Promise<unknown> => Promise.resolve();
  const guard = new SystemGuard('course-enroller', system, nothing, asked, asked);
  const calls: { time: number; size: number }[] = [];
  const times = new Map<string, number>();
  let fails = true;
  const handle = (given: Delivery[]) => {
    calls.push({ time: Date.now(), size: given.length });
    if (fails) throw failed('outage', 'database-away', { ru: '', en: '' });
    for (const { event } of given) times.set(event.subject!, (times.get(event.subject!) ?? 0) + 1);
    return Promise.resolve(answers(given, () => done()));
  };
  // one plan: each has batches of its own
  const plan = { size: 200, waitMs: 50, handle };
  const consumer = new QueueConsumer({
    ...{ broker, queue, system, topology, guard, publisher },
    planOf: () => plan,
    size: 200,
    waitMs: 50,
    settler: new Settler(publisher, queue, 'course-enroller', () => undefined),
    takeLease: leaseForOne,
  });
  await publisher.publishAll(
    Array.from({ length: 300 }, (_, index) =>
      makeEvent('itk.enrolment.due.v1', { system, code: `${index}` }, { service: 'test' }),
    ),
  );
  const channel = await tool.channel();
  let highest = 0;
  const depth = async (): Promise<number> => {
    const { messageCount } = await channel.checkQueue(queue);
    highest = Math.max(highest, messageCount);
    return messageCount;
  };
  consumer.start();
  await until('it was tried three times', async () => (await depth(), calls.length >= 3));
  fails = false;
  await until('all came through', async () => (await depth(), times.size === 300));
  await consumer.stop();
  expect(await depth()).toBe(0);
  expect(highest).toBeLessThanOrEqual(300);
  expect([...times.values()]).toEqual(Array(300).fill(1));
  expect(Math.max(...calls.map(({ size }) => size))).toBe(200);
  expect(calls.slice(1, 3).map(({ size }) => size)).toEqual([1, 1]);
  expect(calls[2]!.time - calls[1]!.time).toBeGreaterThan(900);
  guard.close();
  await Promise.all([publisher.close(), broker.close(), tool.close()]);
}, 60_000);
