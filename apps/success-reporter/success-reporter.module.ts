import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming, timesForOneC } from '#resilience';
import { clientFor, LaterRow, SynchronizerClients } from '#synchronizer';
import { migrations } from './migrations.js';
import { OutcomeHandler, service } from './outcome.handler.js';
import { Reporter } from './reporter.js';

@Module({
  imports: [
    persistence({ schema: 'success_reporter', entities: [LaterRow], migrations }),
    ...consuming({
      times: timesForOneC,
      service,
      probe: {
        inject: [getDataSourceToken() as never],
        useFactory: (dataSource: DataSource) => (system) => clientFor(system, dataSource).probe(),
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
    {
      provide: SynchronizerClients,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: (configuration: Configuration, dataSource: DataSource) =>
        new SynchronizerClients(configuration, dataSource),
    },
  ],
})
export class SuccessReporterModule {}
