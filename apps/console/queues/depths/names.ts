import { consumerNames } from '#contracts';
import { deadQueue, journalQueue, ladder, retryQueue, workQueue } from '#messaging';

export interface QueueName {
  queue: string;
  system: string;
  service: string;
  role: 'work' | 'retry' | 'dead' | 'journal';
}

export interface QueueDepth extends QueueName {
  /** Messages that wait. Absent: there is no such queue. */
  ready?: number;
  /** In the hands of consumers. AMQP does not tell them. */
  unacknowledged?: number;
  consumers?: number;
}

export const queuesOf = (system: string): QueueName[] => [
  ...consumerNames.flatMap((service): QueueName[] => {
    const work = workQueue(service, system);
    return [
      { queue: work, system, service, role: 'work' },
      ...ladder.map((step): QueueName => ({ queue: retryQueue(work, step.name), system, service, role: 'retry' })),
      { queue: deadQueue(work), system, service, role: 'dead' },
    ];
  }),
  { queue: journalQueue(system), system, service: 'console', role: 'journal' },
];
