import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { persistence } from '#persistence';
import { consuming, timesForOneC, type Soundings } from '#resilience';
import { SynchronizerClients, SynchronizerModule } from '#synchronizer';
import { migrations } from './migrations.js';
import { OutcomeHandler, service } from './outcome.handler.js';
import { Reporter } from './reporter.js';

@Module({
  imports: [
    SynchronizerModule,
    persistence({ schema: 'success_reporter', entities: [], migrations }),
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
  controllers: [OutcomeHandler],
  providers: [
    {
      provide: Reporter,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => new Reporter(dataSource),
    },
  ],
})
export class SuccessReporterModule {}
