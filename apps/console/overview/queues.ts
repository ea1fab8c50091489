import { consumerNames } from '#contracts';
import { deadQueue, journalQueue, ladder, retryQueue, workQueue, type Broker } from '#messaging';

export interface QueueDepth {
  queue: string;
  system: string;
  service: string;
  /** `work`, `retry`, `dead` or `journal`. */
  role: 'work' | 'retry' | 'dead' | 'journal';
  /** Messages that wait; those in the hands of a consumer are not told by AMQP. Absent: there is no such queue. */
  ready?: number;
  consumers?: number;
}

const queuesOf = (system: string): QueueDepth[] => [
  ...consumerNames.flatMap((service): QueueDepth[] => {
    const work = workQueue(service, system);
    return [
      { queue: work, system, service, role: 'work' },
      ...ladder.map((step): QueueDepth => ({ queue: retryQueue(work, step.name), system, service, role: 'retry' })),
      { queue: deadQueue(work), system, service, role: 'dead' },
    ];
  }),
  { queue: journalQueue(system), system, service: 'console', role: 'journal' },
];

/** Depths of every queue of these systems, asked one by one. */
export async function queueDepths(broker: Broker, systems: readonly string[]): Promise<QueueDepth[]> {
  const depths: QueueDepth[] = [];
  let channel = await broker.channel();
  for (const queue of systems.flatMap(queuesOf)) {
    try {
      const { messageCount: ready, consumerCount: consumers } = await channel.checkQueue(queue.queue);
      depths.push({ ...queue, ready, consumers });
    } catch {
      // The broker closes the channel on which somebody asks for a queue that is not there.
      depths.push(queue);
      channel = await broker.channel();
    }
  }
  await channel.close();
  return depths;
}
