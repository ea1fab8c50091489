import { consumerNames, type ConsumerName } from '#contracts';
import type { Consumer, Pause } from '#persistence';
import type { QueueDepth } from './depths/names.js';
import { handOf, inHands, type Hand } from './hands.js';
import type { Sample } from './history/roll-up.js';

/** A service's queues of one system, together with what is known of whoever reads them. */
export interface ServiceQueues {
  system: string;
  service: ConsumerName;
  /** Waiting. Null: there is no such queue. */
  ready: number | null;
  /** In the hands of consumers, as the broker counts them. Null: it was not asked by its management API. */
  unacknowledged: number | null;
  consumers: number | null;
  /** Waiting to be tried again, and where. */
  retry: number;
  steps: { queue: string; ready: number }[];
  /** Given up and not yet drained by the console. */
  dead: number;
  /** Queues that should be there and are not. */
  missing: string[];
  processes: Hand[];
  /** As the processes say. */
  inHand: number;
  oldest: Date | null;
  /** Of the last minute that was sampled. */
  perMinute: { done: number; retried: number; dead: number } | null;
  pauses: Pause[];
}

export interface Around {
  consumers: readonly Consumer[];
  samples: readonly Sample[];
  pauses: readonly Pause[];
  /** Milliseconds. */
  now: number;
}

/** One entry for each service and system. */
export const servicesOf = (
  systems: readonly string[],
  depths: readonly QueueDepth[],
  around: Around,
): ServiceQueues[] =>
  systems.flatMap((system) => consumerNames.map((service) => serviceOf(system, service, depths, around)));

function serviceOf(
  system: string,
  service: ConsumerName,
  depths: readonly QueueDepth[],
  { consumers, samples, pauses, now }: Around,
): ServiceQueues {
  const its = <T extends { system: string; service: string }>(all: readonly T[]): T[] =>
    all.filter((each) => each.system === system && each.service === service);
  const queues = its(depths);
  const inRole = (role: QueueDepth['role']) => queues.filter((queue) => queue.role === role);
  const work = inRole('work')[0];
  const steps = inRole('retry').map(({ queue, ready = 0 }) => ({ queue, ready }));
  const processes = its(consumers).map((consumer) => handOf(consumer, now));
  const sample = its(samples)[0];
  return {
    system,
    service,
    ready: work?.ready ?? null,
    unacknowledged: work?.unacknowledged ?? null,
    consumers: work?.consumers ?? null,
    retry: steps.reduce((sum, { ready }) => sum + ready, 0),
    steps: steps.filter(({ ready }) => ready > 0),
    dead: inRole('dead')[0]?.ready ?? 0,
    missing: queues.flatMap(({ queue, ready }) => (ready === undefined ? [queue] : [])),
    processes,
    ...inHands(processes),
    perMinute:
      sample?.done === undefined || sample.done === null
        ? null
        : { done: sample.done, retried: sample.retried ?? 0, dead: sample.died ?? 0 },
    pauses: its(pauses),
  };
}
