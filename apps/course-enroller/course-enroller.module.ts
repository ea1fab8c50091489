import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Publisher } from '#messaging';
import { MoodleClients, MoodleModule, moodleSoundings } from '#moodle';
import { ErrandLoop, HeldBackWatch, persistence } from '#persistence';
import { CONFIGURATION, type Configuration } from '#platform';
import { consuming } from '#resilience';
import { service } from './enroller.js';
import { Enrollers } from './enrollers.js';
import { fileErrands } from './file/errands.js';
import { FileWriters } from './file/writing/file-writers.js';
import { lookAtHeldRemovals } from './removals/held.js';
import { schema } from './ledger/schema.js';
import { removalErrands } from './removals/errands.js';
import { UserProvisionedHandler } from './user-provisioned.handler.js';

@Module({
  imports: [
    MoodleModule,
    persistence(schema),
    ...consuming({
      service,
      soundings: moodleSoundings,
    }),
  ],
  controllers: [UserProvisionedHandler],
  providers: [
    {
      provide: Enrollers,
      inject: [CONFIGURATION, getDataSourceToken(), MoodleClients],
      useFactory: (...given: ConstructorParameters<typeof Enrollers>) => new Enrollers(...given),
    },
    {
      provide: FileWriters,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: (...given: ConstructorParameters<typeof FileWriters>) => new FileWriters(...given),
    },
    {
      provide: HeldBackWatch,
      inject: [CONFIGURATION, getDataSourceToken()],
      useFactory: ({ systems }: Configuration, dataSource: DataSource) =>
        new HeldBackWatch(systems, (system) => lookAtHeldRemovals(system, dataSource)),
    },
    {
      // What an operator decides of held suspensions, and a copy of the file, from the command line.
      provide: ErrandLoop,
      inject: [CONFIGURATION, getDataSourceToken(), Publisher, FileWriters],
      useFactory: ({ systems }: Configuration, dataSource: DataSource, publisher: Publisher, writers: FileWriters) =>
        new ErrandLoop(dataSource, service, {
          ...removalErrands(dataSource, publisher),
          ...fileErrands(systems, writers),
        }),
    },
  ],
})
export class CourseEnrollerModule {}
