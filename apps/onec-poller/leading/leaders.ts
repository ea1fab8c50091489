import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Duration } from 'luxon';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { acquireLease, addressOf, proveRoom, type PauseBook, type TroubleBook } from '#persistence';
import type { Configuration, HealthSigns, SystemConfiguration } from '#platform';
import { SystemGuard, timesForOneC } from '#resilience';
import type { SynchronizerClients } from '#synchronizer';
import { Leader } from './leader.js';
import { PostgresWindowLedger } from '../ledger/ledger.js';
import type { PollerRules } from '../poller.js';
import { Progress } from '../progress.js';
import { OnecSource } from '../asking/source.js';

export const service = 'onec-poller';

const rulesOf = (system: SystemConfiguration): PollerRules => ({
  system: system.id,
  window: system.window,
  interval: Duration.fromISO(system.pollInterval).toMillis(),
  individualNeeded: system.accounts.per === 'individual',
});

/** A leader for each system. */
@Injectable()
export class Leaders implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly leaders = new Map<string, Leader>();
  private readonly guards: SystemGuard[] = [];

  constructor(
    configuration: Configuration,
    dataSource: DataSource,
    pauses: PauseBook,
    publisher: Publisher,
    clients: SynchronizerClients,
    private readonly ledger: PostgresWindowLedger,
    signs: HealthSigns,
    troubles: TroubleBook,
  ) {
    for (const { id } of configuration.systems) {
      const { system, client } = clients.of(id);
      const guard = new SystemGuard(
        service,
        id,
        pauses,
        () => client.probe(),
        () => proveRoom((sql) => dataSource.query(sql)),
        timesForOneC,
      );
      const leader = new Leader(rulesOf(system), {
        acquireLease: (stop) => acquireLease(addressOf(dataSource), `poll ${id}`, stop),
        guard,
        ledger,
        publisher,
        source: new OnecSource(client, system.els, system.enrolment.role),
        // Its own pauses are the guard's business.
        paused: () => pauses.list().some((pause) => pause.system === id && pause.service !== service),
        progress: new Progress(id),
        found: (check, found) => troubles.found({ service, system: id, check }, found),
        now: Date.now,
      });
      this.guards.push(guard);
      this.leaders.set(id, leader);
      signs.set(`poll ${id}`, () => Promise.resolve(leader.state === 'paused' ? 'paused' : 'up'));
    }
  }

  wake(system: string): void {
    this.leaders.get(system)?.wake();
  }

  leads(system: string): boolean {
    return (this.leaders.get(system)?.state ?? 'standby') !== 'standby';
  }

  /** `paused`: 1C cannot be asked now, and will be as soon as it can. */
  askNow(system: string): { state: 'asking' | 'paused' } {
    const leader = this.leaders.get(system);
    leader?.askNow();
    return { state: leader?.state === 'asking' ? 'asking' : 'paused' };
  }

  /** A person has looked after what lost answers left in 1C; the next question shows it. */
  async lookedAfter(system: string): Promise<void> {
    await this.ledger.lookedAfter(system);
    this.askNow(system);
  }

  onApplicationBootstrap(): void {
    for (const leader of this.leaders.values()) leader.start();
  }

  /** Before the publisher closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.leaders.values()].map((leader) => leader.stop()));
    for (const guard of this.guards) guard.close();
  }
}
