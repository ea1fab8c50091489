import { consumerNames, journalName, keysOf } from '#contracts';

export const exchange = 'itk.events';
/**
 * Copies for the journal travel apart: were the journal bound to {@link exchange}, it would take every message, and
 * `mandatory` could no longer tell that the work queue is missing.
 */
export const journalExchange = 'itk.journal';

/** Waits before a message is tried again, shortest first (milliseconds and the name in the queue). */
export const ladder = [
  { name: '10s', ms: 10_000 },
  { name: '1m', ms: 60_000 },
  { name: '5m', ms: 300_000 },
  { name: '15m', ms: 900_000 },
  { name: '1h', ms: 3_600_000 },
] as const;
export type RetryStep = (typeof ladder)[number]['name'];

export const workQueue = (service: string, system: string): string => `${service}.${system}`;
export const deadQueue = (queue: string): string => `${queue}.dead`;
export const retryQueue = (queue: string, step: RetryStep): string => `${queue}.retry.${step}`;
export const journalQueue = (system: string): string => `${journalName}.${system}`;
/** Copies for the journal hold events of several types. */
export const journalKey = (system: string): string => `${system}.journal`;

/** The broker ends a message that was in the hands of this many dying processes. */
export const deliveryLimit = 20;
/** Queues that nobody works on must never lose a message to the limit; -1 would mean "no limit" only from 4.0 on. */
const noDeliveryLimit = 1_000_000;
/** Bytes the journal may keep while the console is away; then it drops its head rather than push back. */
export const journalBytes = 1_000_000_000;

export interface QueueDeclaration {
  name: string;
  arguments: Record<string, string | number | boolean>;
  /** Routing keys by which `from` feeds it; {@link exchange} where not given. */
  bindings: string[];
  from?: string;
}

const quorum = { 'x-queue-type': 'quorum' } as const;
const deadLetteredAtLeastOnce = (to: string) => ({
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': to,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
});

/** A work queue with its dead-letter queue and its ladder. `waits` overrides the ladder's milliseconds. */
export function workQueueWithItsOwn(queue: string, bindings: string[], waits?: Partial<Record<RetryStep, number>>) {
  const declarations: QueueDeclaration[] = [
    {
      name: queue,
      bindings,
      arguments: {
        ...quorum,
        'x-single-active-consumer': true,
        'x-delivery-limit': deliveryLimit,
        ...deadLetteredAtLeastOnce(deadQueue(queue)),
      },
    },
    { name: deadQueue(queue), bindings: [], arguments: { ...quorum, 'x-delivery-limit': noDeliveryLimit } },
    ...ladder.map((step) => ({
      name: retryQueue(queue, step.name),
      bindings: [],
      arguments: {
        ...quorum,
        'x-delivery-limit': noDeliveryLimit,
        'x-message-ttl': waits?.[step.name] ?? step.ms,
        ...deadLetteredAtLeastOnce(queue),
      },
    })),
  ];
  return declarations;
}

/** The console's queue: every event of a system. */
const journal = (system: string): QueueDeclaration => ({
  name: journalQueue(system),
  bindings: [`${system}.#`],
  from: journalExchange,
  arguments: {
    ...quorum,
    'x-delivery-limit': noDeliveryLimit,
    'x-max-length-bytes': journalBytes,
    'x-overflow': 'drop-head',
  },
});

/** Everything that must stand before a service of this system may publish: a queue for each service and system. */
export function topologyOf(systems: readonly string[], waits?: Partial<Record<RetryStep, number>>): QueueDeclaration[] {
  return systems.flatMap((system) => [
    ...consumerNames.flatMap((service) =>
      workQueueWithItsOwn(workQueue(service, system), keysOf(system, service), waits),
    ),
    journal(system),
  ]);
}
