import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Publisher } from '#messaging';
import { persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming, type Probe } from '#resilience';
import { service } from './enroller.js';
import { Enrollers, MoodleClients } from './enrollers.js';
import { ledgerSchema } from './ledger.js';
import { UserProvisionedHandler } from './user-provisioned.handler.js';

@Module({
  providers: [
    {
      provide: MoodleClients,
      inject: [CONFIGURATION],
      useFactory: (configuration: Configuration) => new MoodleClients(configuration),
    },
  ],
  exports: [MoodleClients],
})
class MoodleModule {}

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
  controllers: [UserProvisionedHandler],
  providers: [
    {
      provide: Enrollers,
      inject: [CONFIGURATION, getDataSourceToken(), MoodleClients, Publisher],
      useFactory: (...given: ConstructorParameters<typeof Enrollers>) => new Enrollers(...given),
    },
  ],
})
export class CourseEnrollerModule {}
