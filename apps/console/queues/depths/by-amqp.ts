import type { Broker } from '#messaging';
import { queuesOf, type QueueDepth, type QueueName } from './names.js';

/** Channels that ask at a time: the broker closes the one on which somebody asks for a queue that is not there. */
const lanes = 4;

/** Depths of every queue of these systems, asked one by one; waits for the broker until `stop` aborts. */
export async function queueDepths(
  broker: Broker,
  systems: readonly string[],
  stop?: AbortSignal,
): Promise<QueueDepth[]> {
  const queues = systems.flatMap(queuesOf);
  const depths: QueueDepth[] = [...queues];
  const next = queues.entries();
  await Promise.all(Array.from({ length: lanes }, () => askAll(broker, next, depths, stop)));
  return depths;
}

async function askAll(
  broker: Broker,
  next: Iterator<[number, QueueName]> & Iterable<[number, QueueName]>,
  depths: QueueDepth[],
  stop?: AbortSignal,
): Promise<void> {
  let channel = await broker.channel(stop);
  for (const [index, queue] of next) {
    try {
      const { messageCount: ready, consumerCount: consumers } = await channel.checkQueue(queue.queue);
      depths[index] = { ...queue, ready, consumers };
    } catch {
      channel = await broker.channel(stop);
    }
  }
  await channel.close();
}
