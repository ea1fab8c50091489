import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { MoodleClients, MoodleModule } from '#moodle';
import { persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming, type Probe } from '#resilience';
import { ledgerSchema } from './ledger.js';
import { Provisionings } from './provisionings.js';
import { StudentChangedHandler } from './student-changed.handler.js';

export const service = 'user-provisioner';

@Module({
  imports: [
    MoodleModule,
    persistence(ledgerSchema),
    ...consuming({
      service,
      probe: {
        imports: [MoodleModule],
        inject: [MoodleClients],
        useFactory:
          (clients: MoodleClients): Probe =>
          (system) =>
            clients.of(system.id).siteInfo(),
      },
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
  ],
})
export class UserProvisionerModule {}
