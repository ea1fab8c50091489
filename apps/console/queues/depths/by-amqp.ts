import type { Broker } from '#messaging';
import { queuesOf, type QueueDepth } from './names.js';

/** Depths of every queue of these systems, asked one by one; waits for the broker until `stop` aborts. */
export async function queueDepths(
  broker: Broker,
  systems: readonly string[],
  stop?: AbortSignal,
): Promise<QueueDepth[]> {
  const depths: QueueDepth[] = [];
  let channel = await broker.channel(stop);
  for (const queue of systems.flatMap(queuesOf)) {
    try {
      const { messageCount: ready, consumerCount: consumers } = await channel.checkQueue(queue.queue);
      depths.push({ ...queue, ready, consumers });
    } catch {
      // The broker closes the channel on which somebody asks for a queue that is not there.
      depths.push(queue);
      channel = await broker.channel(stop);
    }
  }
  await channel.close();
  return depths;
}
