import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Publisher } from '#messaging';
import { MoodleClients, MoodleModule } from '#moodle';
import { persistence } from '#persistence';
import { CONFIGURATION } from '#platform';
import { consuming, type Probe } from '#resilience';
import { service } from './enroller.js';
import { Enrollers } from './enrollers.js';
import { ledgerSchema } from './ledger.js';
import { UserProvisionedHandler } from './user-provisioned.handler.js';

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
