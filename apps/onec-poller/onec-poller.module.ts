import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { leaseOn, messaging, Publisher, type MessagingOptions } from '#messaging';
import { ErrandLoop, PauseBook, persistence, TroubleBook } from '#persistence';
import { CONFIGURATION, HealthSigns, type Configuration } from '#platform';
import { sayingWhatIsInHand, SystemGuard, watchingTheBroker, type Pauses } from '#resilience';
import { SynchronizerClients, SynchronizerModule } from '#synchronizer';
import { Leaders, service } from './leading/leaders.js';
import { PostgresWindowLedger } from './ledger/ledger.js';
import { schema } from './ledger/schema.js';
import { StudentReportedHandler } from './student-reported.handler.js';

/** Reports need only the database: while 1C is away or refuses us they are taken all the same. A person's pause holds. */
const personsOnly = (pauses: PauseBook): Pauses => ({
  of: (system, paused) => pauses.of(system, paused).filter(({ kind }) => kind === 'person'),
  put: () => Promise.resolve(),
  lift: () => Promise.resolve(false),
  onChange: (listener) => pauses.onChange(listener),
});

@Module({
  imports: [
    SynchronizerModule,
    persistence(schema),
    messaging({
      inject: [CONFIGURATION, getDataSourceToken() as never, PauseBook],
      useFactory: (configuration: Configuration, dataSource: DataSource, pauses: PauseBook): MessagingOptions => ({
        service,
        url: configuration.broker.url,
        systems: configuration.systems.map(({ id }) => id),
        guardOf: (system) => {
          const databaseAnswers = () => dataSource.query('select 1');
          return new SystemGuard(service, system, personsOnly(pauses), databaseAnswers, databaseAnswers);
        },
        takeLease: leaseOn(configuration.database.url),
      }),
    }),
    watchingTheBroker(service),
    sayingWhatIsInHand(service),
  ],
  controllers: [StudentReportedHandler],
  providers: [
    {
      provide: PostgresWindowLedger,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => new PostgresWindowLedger(dataSource),
    },
    {
      provide: Leaders,
      inject: [
        CONFIGURATION,
        getDataSourceToken(),
        PauseBook,
        Publisher,
        SynchronizerClients,
        PostgresWindowLedger,
        HealthSigns,
        TroubleBook,
      ],
      useFactory: (...given: ConstructorParameters<typeof Leaders>) => new Leaders(...given),
    },
    {
      // Asked for from the command line; of the replicas, by the one that asks this system.
      provide: ErrandLoop,
      inject: [getDataSourceToken(), Leaders],
      useFactory: (dataSource: DataSource, leaders: Leaders) =>
        new ErrandLoop(
          dataSource,
          service,
          {
            'ask-now': ({ system }) => Promise.resolve(leaders.askNow(system ?? '')),
            'pages-looked-after': ({ system }) => leaders.lookedAfter(system ?? ''),
          },
          ({ system }) => leaders.leads(system ?? ''),
        ),
    },
  ],
})
export class OnecPollerModule {}
