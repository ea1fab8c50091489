import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { MoodleClients, MoodleModule, moodleSoundings } from '#moodle';
import { ErrandLoop, persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming } from '#resilience';
import { knownAccounts } from './moodle/known-accounts.js';
import { schema } from './ledger/schema.js';
import { Resealing } from './passwords/resealing.js';
import { Provisionings } from './provisionings.js';
import { service, StudentChangedHandler } from './student-changed.handler.js';

@Module({
  imports: [
    MoodleModule,
    persistence(schema),
    ...consuming({
      service,
      soundings: moodleSoundings,
    }),
  ],
  controllers: [StudentChangedHandler],
  providers: [
    {
      provide: Provisionings,
      inject: [CONFIGURATION, getDataSourceToken(), MoodleClients],
      useFactory: (configuration: Configuration, dataSource: DataSource, clients: MoodleClients) =>
        new Provisionings(configuration, dataSource, clients),
    },
    {
      provide: Resealing,
      inject: [Provisionings, getDataSourceToken()],
      useFactory: ({ sealed }: Provisionings, dataSource: DataSource) => new Resealing(dataSource, sealed),
    },
    {
      // Asked by the doctor.
      provide: ErrandLoop,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: ({ systems }: Configuration, dataSource: DataSource) =>
        new ErrandLoop(
          dataSource,
          service,
          {
            'known-accounts': ({ system: id }) =>
              knownAccounts(
                systems.find((system) => system.id === id)!,
                dataSource,
              ),
          },
          ({ system: id }) => systems.some((system) => system.id === id),
        ),
    },
  ],
})
export class UserProvisionerModule {}
