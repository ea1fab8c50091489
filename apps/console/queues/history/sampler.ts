import type { DataSource } from 'typeorm';
import { consumerNames } from '#contracts';
import type { Broker } from '#messaging';
import type { Configuration } from '#platform';
import type { QueueDepth } from '../depths/names.js';
import { lookAtQueues } from '../depths/look.js';
import { consumersOf, handOf, inHands } from '../hands.js';
import { settledBetween, type Counts } from '../rates.js';
import { QueueHistory } from './history.js';
import { minute, minuteOf, type Sample } from './roll-up.js';

/** Longer since the last look, what was settled in between is no minute's. */
const oneMinuteAtMost = 1.5 * minute;

/** Looks at the queues every minute: the console on duty does. */
export class QueueSampler {
  private readonly history: QueueHistory;
  private before?: { time: number; counts: Map<string, Map<string, Record<string, number>>> };

  constructor(
    private readonly dataSource: DataSource,
    private readonly broker: Broker,
    private readonly configuration: Configuration['broker'],
    private readonly systems: readonly string[],
  ) {
    this.history = new QueueHistory(dataSource);
  }

  /** Waits for a broker that is away, until `stop` aborts. @returns what it has noted */
  async sample(stop?: AbortSignal, now = new Date()): Promise<Sample[]> {
    const { depths } = await lookAtQueues(this.configuration, this.systems, (work) => work(this.broker), stop);
    const consumers = await consumersOf(this.dataSource, this.systems);
    const counts = new Map<string, Map<string, Record<string, number>>>();
    for (const { system, service, process, settled } of consumers) {
      const key = `${service}.${system}`;
      counts.set(key, (counts.get(key) ?? new Map<string, Record<string, number>>()).set(process, settled));
    }
    const before = this.before && now.getTime() - this.before.time <= oneMinuteAtMost ? this.before.counts : undefined;
    this.before = { time: now.getTime(), counts };
    const samples = this.systems.flatMap((system) =>
      consumerNames.map((service): Sample => {
        const key = `${service}.${system}`;
        const its = consumers.filter((each) => each.system === system && each.service === service);
        const none: Counts = new Map();
        const settled = before && settledBetween(before.get(key) ?? none, counts.get(key) ?? none);
        return {
          ...{ system, service, time: minuteOf(now), minutes: 1 },
          ...depthsOf(depths, system, service, () => inHands(its.map((each) => handOf(each, now.getTime()))).inHand),
          ...{ done: settled?.done ?? null, retried: settled?.retried ?? null, died: settled?.dead ?? null },
        };
      }),
    );
    await this.history.add(samples, now);
    return samples;
  }
}

function depthsOf(
  depths: readonly QueueDepth[],
  system: string,
  service: string,
  said: () => number,
): Pick<Sample, 'ready' | 'inHand' | 'retry' | 'dead'> {
  const its = depths.filter((each) => each.system === system && each.service === service);
  const work = its.find(({ role }) => role === 'work');
  const waiting = (role: QueueDepth['role']) =>
    its.filter((each) => each.role === role).reduce((sum, { ready = 0 }) => sum + ready, 0);
  return {
    ready: work?.ready ?? null,
    inHand: work?.unacknowledged ?? said(),
    retry: waiting('retry'),
    dead: waiting('dead'),
  };
}
