import type { DataSource } from 'typeorm';
import { Pause } from '#persistence';
import type { Configuration } from '#platform';
import { standingTroubles, statusOf } from '../overview/status.js';
import { Windows } from '../queues/under-way.js';
import type { Sample } from '../queues/history/roll-up.js';
import { freshnessOf } from '../systems/freshness/last-come.js';
import { gauges } from './metrics.js';

/** Sets what the console on duty shows at /metrics. */
export class Gauges {
  private readonly windows: Windows;

  constructor(
    private readonly dataSource: DataSource,
    private readonly configuration: Pick<Configuration, 'systems' | 'console'>,
  ) {
    this.windows = new Windows(dataSource);
  }

  /**
   * Reads all before it sets any: what cannot be read leaves the last look standing. `stop`: the duty is over, and what
   * was read meanwhile is another console's to show.
   */
  async look(stop: AbortSignal, now = new Date()): Promise<void> {
    const ids = this.configuration.systems.map(({ id }) => id);
    const [status, fresh, underWay, pauses, found, connections] = await Promise.all([
      statusOf(this.dataSource, ids),
      freshnessOf(this.dataSource, this.configuration, now),
      this.windows.of(ids),
      this.dataSource.getRepository(Pause).find(),
      standingTroubles(this.dataSource, ids),
      connectionsOf(this.dataSource),
    ]);
    if (stop.aborted) return;
    for (const gauge of [gauges.openFailures, gauges.paused, gauges.found]) gauge.reset();
    gauges.onDuty.set(1);
    for (const { system, students, open, lastReported } of status) {
      for (const [state, number] of Object.entries(students)) gauges.students.set({ system, state }, number);
      for (const [kind, number] of Object.entries(open)) gauges.openFailures.set({ system, kind }, number);
      if (lastReported) gauges.lastReported.set({ system }, seconds(lastReported));
      gauges.silent.set({ system }, fresh.silent.some((silence) => silence.system === system) ? 1 : 0);
    }
    for (const [system, time] of fresh.last) gauges.lastCome.set({ system }, seconds(time));
    for (const { system, oldest } of underWay)
      gauges.underWayOldest.set({ system }, oldest ? seconds(now) - seconds(oldest) : 0);
    for (const { system, service, kind } of pauses)
      if (ids.includes(system)) gauges.paused.set({ system, service, kind }, 1);
    for (const { system, service, check } of found) gauges.found.inc({ system, service, check });
    for (const [state, number] of Object.entries(connections)) gauges.databaseConnections.set({ state }, number);
  }

  /** Of the newest look at the queues. */
  queues(samples: readonly Sample[], stop: AbortSignal): void {
    if (stop.aborted) return;
    gauges.queueMessages.reset();
    for (const { system, service, ready, inHand, retry, dead } of samples)
      for (const [state, number] of Object.entries({ ready, in_hand: inHand, retry, dead }))
        if (number !== null) gauges.queueMessages.set({ system, consumer: service, state }, number);
  }

  /** Another console has the duty from here on, or nobody. */
  forget(): void {
    for (const gauge of Object.values(gauges)) gauge.reset();
    gauges.onDuty.set(0);
  }
}

const seconds = (time: Date): number => time.getTime() / 1000;

/** Those kept for administrators do not count: a service gets none of them. */
async function connectionsOf(dataSource: DataSource): Promise<{ used: number; max: number }> {
  const [row] = (await dataSource.query(
    `select (select count(*) from pg_stat_activity where backend_type = 'client backend')::int as used,
       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as max`,
  )) as { used: number; max: number }[];
  return row!;
}
