import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { ErrandLoop, HeldBackWatch, persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming, timesForOneC, type Soundings } from '#resilience';
import { SynchronizerClients, SynchronizerModule } from '#synchronizer';
import { FlagRow, HeldRow } from './entities.js';
import { Flagger } from './flagger.js';
import { raiseHeld } from './held-alarm.js';
import { migrations } from './migrations.js';
import { release } from './release.js';
import { service, SynchronizationFailedHandler } from './synchronization-failed.handler.js';

@Module({
  imports: [
    SynchronizerModule,
    persistence({ schema: 'error_flagger', entities: [FlagRow, HeldRow], migrations }),
    ...consuming({
      times: timesForOneC,
      service,
      soundings: {
        imports: [SynchronizerModule],
        inject: [SynchronizerClients],
        useFactory: (clients: SynchronizerClients): Soundings => ({
          probe: ({ id }) => clients.of(id).client.probe(),
          answered: ({ id }) => clients.of(id).client.answered,
        }),
      },
    }),
  ],
  controllers: [SynchronizationFailedHandler],
  providers: [
    {
      provide: Flagger,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => new Flagger(dataSource),
    },
    {
      provide: HeldBackWatch,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: ({ systems }: Configuration, dataSource: DataSource) =>
        new HeldBackWatch(systems, ({ id }) => raiseHeld(id, dataSource)),
    },
    {
      // An operator's release, asked for from the command line.
      provide: ErrandLoop,
      inject: [getDataSourceToken(), SynchronizerClients, Publisher],
      useFactory: (dataSource: DataSource, clients: SynchronizerClients, publisher: Publisher) =>
        new ErrandLoop(dataSource, service, {
          'release-flags': ({ system: id }) => {
            const { system, client } = clients.of(id ?? '');
            return release(system, client, dataSource, publisher);
          },
        }),
    },
  ],
})
export class ErrorFlaggerModule {}
