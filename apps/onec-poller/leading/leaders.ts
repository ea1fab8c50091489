import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Duration } from 'luxon';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { acquireLease, addressOf, proveRoom, type PauseBook, type TroubleBook } from '#persistence';
import { isFedBy1C, PerSystem, type Configuration, type FedBy1C, type HealthSigns } from '#platform';
import { SystemGuard, timesForOneC } from '#resilience';
import type { SynchronizerClients } from '#synchronizer';
import { Leader } from './leader.js';
import { PostgresWindowLedger } from '../ledger/ledger.js';
import type { PollerRules } from '../poller.js';
import { Progress } from '../progress.js';
import { OnecSource } from '../asking/source.js';

export const service = 'onec-poller';

const rulesOf = (system: FedBy1C): PollerRules => ({
  system: system.id,
  window: system.window,
  interval: Duration.fromISO(system.pollInterval).toMillis(),
  per: system.accounts.per,
});

interface Led {
  leader: Leader;
  guard: SystemGuard;
}

/** A leader for each system that 1C feeds. */
@Injectable()
export class Leaders extends PerSystem<Led, FedBy1C> implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    { systems }: Configuration,
    dataSource: DataSource,
    pauses: PauseBook,
    publisher: Publisher,
    clients: SynchronizerClients,
    private readonly ledger: PostgresWindowLedger,
    signs: HealthSigns,
    troubles: TroubleBook,
  ) {
    super(systems.filter(isFedBy1C), (system) => {
      const { id } = system;
      const { client } = clients.of(id);
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
      signs.set(`poll ${id}`, () => Promise.resolve(leader.state === 'paused' ? 'paused' : 'up'));
      return { leader, guard };
    });
  }

  wake(system: string): void {
    this.find(system)?.leader.wake();
  }

  leads(system: string): boolean {
    return (this.find(system)?.leader.state ?? 'standby') !== 'standby';
  }

  /** `paused`: 1C cannot be asked now, and will be as soon as it can. */
  askNow(system: string): { state: 'asking' | 'paused' } {
    const leader = this.find(system)?.leader;
    leader?.askNow();
    return { state: leader?.state === 'asking' ? 'asking' : 'paused' };
  }

  /** A person has looked after what lost answers left in 1C; the next question shows it. */
  async lookedAfter(system: string): Promise<void> {
    await this.ledger.lookedAfter(system);
    this.askNow(system);
  }

  onApplicationBootstrap(): void {
    for (const { leader } of this.all()) leader.start();
  }

  /** Before the publisher closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.all().map(({ leader }) => leader.stop()));
    for (const { guard } of this.all()) guard.close();
  }
}
