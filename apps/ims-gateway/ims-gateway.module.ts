import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { ErrandLoop, HeldBackWatch, PauseBook, persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming } from '#resilience';
import { fileErrands } from './errands.js';
import { fedByFiles, Gateways } from './gateways.js';
import { raiseHeldFiles } from './held.js';
import { schema } from './ledger/schema.js';
import { OutcomeHandler } from './outcome.handler.js';
import { service } from './window.js';

@Module({
  imports: [
    persistence(schema),
    ...consuming({
      service,
      // Outcomes need the database and nobody else.
      soundings: { inject: [], useFactory: () => ({ probe: () => Promise.resolve(), answered: () => 0 }) },
    }),
  ],
  controllers: [OutcomeHandler],
  providers: [
    {
      provide: Gateways,
      inject: [CONFIGURATION, getDataSourceToken(), PauseBook, Publisher],
      useFactory: (...given: ConstructorParameters<typeof Gateways>) => new Gateways(...given),
    },
    {
      provide: HeldBackWatch,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: (configuration: Configuration, dataSource: DataSource) =>
        new HeldBackWatch(fedByFiles(configuration), ({ id }) => raiseHeldFiles(id, dataSource)),
    },
    {
      // Asked for from the console and the command line; any replica can.
      provide: ErrandLoop,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: (configuration: Configuration, dataSource: DataSource) =>
        new ErrandLoop(dataSource, service, fileErrands(fedByFiles(configuration), dataSource)),
    },
  ],
})
export class ImsGatewayModule {}
