import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { ErrandLoop, HeldBackWatch } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { reporting, ToldBook } from '#reporting';
import { SynchronizerClients } from '#synchronizer';
import { Flagger } from './flagger.js';
import { raiseHeld } from './held-alarm.js';
import { schema } from './ledger/schema.js';
import { release } from './release.js';
import { service, SynchronizationFailedHandler } from './synchronization-failed.handler.js';

@Module({
  imports: reporting({ service, schema }),
  controllers: [SynchronizationFailedHandler],
  providers: [
    {
      provide: Flagger,
      inject: [getDataSourceToken(), ToldBook],
      useFactory: (dataSource: DataSource, book: ToldBook) => new Flagger(dataSource, book),
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
            const onec = clients.find(id ?? '');
            if (!onec) return Promise.resolve({ flagged: 0, overtaken: 0, refused: [] });
            const { system, client } = onec;
            return release(system, client, dataSource, publisher);
          },
        }),
    },
  ],
})
export class ErrorFlaggerModule {}
