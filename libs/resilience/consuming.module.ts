import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { leaseOn, messaging, Publisher, RabbitServer, type MessagingOptions } from '#messaging';
import { ConsumerBook, PauseBook, proveRoom } from '#persistence';
import { CONFIGURATION, HealthSigns, PerSystem, type Configuration, type SystemConfiguration } from '#platform';
import { BrokerWatch } from './broker-watch.js';
import { ConsumerWatch } from './consumer-watch.js';
import { SystemGuard, type GuardTimes } from './system-guard.js';

/** What is to be known of a system whether it can be worked with. */
export interface Soundings {
  /** A harmless call that shows whether the system answers; throws when it does not. */
  probe(system: SystemConfiguration): Promise<unknown>;
  /** Calls that the system has answered so far, the probe apart. */
  answered(system: SystemConfiguration): number;
}

/** The guards of a service, one for each system. */
@Injectable()
export class Guards extends PerSystem<SystemGuard> implements OnApplicationShutdown {
  constructor(
    service: string,
    readonly configuration: Configuration,
    readonly dataSource: DataSource,
    pauses: PauseBook,
    soundings: Soundings,
    times?: GuardTimes,
  ) {
    super(
      configuration.systems,
      (system) =>
        new SystemGuard(
          service,
          system.id,
          pauses,
          () => soundings.probe(system),
          () => proveRoom((sql) => dataSource.query(sql)),
          times,
          () => soundings.answered(system),
        ),
    );
  }

  onApplicationShutdown(): void {
    for (const guard of this.all()) guard.close();
  }
}

@Module({})
class GuardsModule {}

@Module({})
class BrokerWatchModule {}

@Module({})
class ConsumerWatchModule {}

/** Shows in /health/ready whether the service takes messages; a pause, or standing by for another replica, is ready. */
@Module({})
class ConsumingSigns implements OnModuleInit {
  constructor(
    @Inject(HealthSigns) private readonly signs: HealthSigns,
    @Inject(RabbitServer) private readonly server: RabbitServer,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    this.signs.set('broker', () =>
      Promise.resolve(this.server.connected ? 'up' : { down: this.server.brokerTrouble?.reason.en ?? 'no connection' }),
    );
    for (const { id } of this.configuration.systems)
      this.signs.set(`queue ${id}`, () => Promise.resolve(this.server.stateOf(id) === 'paused' ? 'paused' : 'up'));
  }
}

/** Of a service that publishes: see {@link BrokerWatch}. Needs messaging() and persistence() beside it. */
export const watchingTheBroker = (service: string): DynamicModule => ({
  module: BrokerWatchModule,
  providers: [
    {
      provide: BrokerWatch,
      inject: [CONFIGURATION, PauseBook, Publisher],
      useFactory: ({ systems }: Configuration, pauses: PauseBook, publisher: Publisher) =>
        new BrokerWatch(
          service,
          systems.map(({ id }) => id),
          pauses,
          publisher,
        ),
    },
  ],
});

/** Of a service that consumes: see {@link ConsumerWatch}. Needs messaging() and persistence() beside it. */
export const sayingWhatIsInHand = (service: string): DynamicModule => ({
  module: ConsumerWatchModule,
  providers: [
    {
      provide: ConsumerWatch,
      inject: [CONFIGURATION, RabbitServer, getDataSourceToken()],
      useFactory: ({ systems }: Configuration, server: RabbitServer, dataSource: DataSource) =>
        new ConsumerWatch(
          systems.map(({ id }) => id),
          server,
          new ConsumerBook(dataSource, service),
        ),
    },
  ],
});

/**
 * All that a consuming service needs between its handlers and the broker: publisher, transport strategy, breakers,
 * pauses, and one process at a time for each queue over all replicas. Needs persistence() beside it.
 */
export const consuming = ({
  service,
  soundings: { imports = [], inject, useFactory },
  times,
}: {
  service: string;
  /** Called with what `inject` names. */
  soundings: {
    imports?: DynamicModule['imports'];
    inject: (string | symbol | (abstract new (...args: never[]) => unknown))[];
    useFactory: (...injected: never[]) => Soundings;
  };
  times?: GuardTimes;
}): DynamicModule[] => [
  {
    module: GuardsModule,
    global: true,
    imports,
    providers: [
      { provide: 'SOUNDINGS', inject: inject as never[], useFactory },
      {
        provide: Guards,
        inject: [CONFIGURATION, getDataSourceToken(), PauseBook, 'SOUNDINGS'],
        useFactory: (configuration: Configuration, dataSource: DataSource, pauses: PauseBook, soundings: Soundings) =>
          new Guards(service, configuration, dataSource, pauses, soundings, times),
      },
    ],
    exports: [Guards],
  },
  messaging({
    inject: [Guards],
    useFactory: (guards: Guards): MessagingOptions => ({
      service,
      url: guards.configuration.broker.url,
      systems: guards.configuration.systems.map((system) => system.id),
      guardOf: (system) => guards.of(system),
      takeLease: leaseOn(guards.configuration.database.url),
    }),
  }),
  watchingTheBroker(service),
  sayingWhatIsInHand(service),
  { module: ConsumingSigns },
];
