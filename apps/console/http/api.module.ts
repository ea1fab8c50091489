import { Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ProblemFilter, readingPipe } from '#http-api';
import { MoodleModule } from '#moodle';
import { CONFIGURATION, type Configuration } from '#platform';
import { SynchronizerClients, SynchronizerModule } from '#synchronizer';
import { AskAgain } from '../ask/ask-again.js';
import { Audit } from '../audit/audit.js';
import { Catalogues } from '../courses/catalogues.js';
import { DeskController } from '../desk/desk.controller.js';
import { Examinations } from '../doctor/examinations.js';
import { Watch } from '../live/watch.js';
import { OverviewReader } from '../overview/overview-reader.js';
import { AskingBroker } from '../queues/asking-broker.js';
import { AccessGuard } from '../permissions/access-guard.js';
import { Replays } from '../replay/replays.js';
import { FirstAdministrator } from '../session/users/first-administrator.js';
import { OpenId } from '../session/openid/openid.js';
import { Sessions } from '../session/sessions.js';
import { Tries } from '../session/tries.js';
import { Users } from '../session/users/users.js';
import { controllers } from './controllers.js';
import { ORIGIN, originOf } from './origin.js';

/** A class that works on the console's tables alone. */
const onTables = <T>(made: new (dataSource: DataSource) => T) => ({
  provide: made as Type<T>,
  inject: [getDataSourceToken()],
  useFactory: (dataSource: DataSource) => new made(dataSource),
});

/** The console over HTTP. */
@Module({
  imports: [SynchronizerModule, MoodleModule],
  controllers: [...controllers, DeskController],
  providers: [
    {
      provide: ORIGIN,
      inject: [CONFIGURATION],
      useFactory: (configuration: Configuration) => originOf(configuration.console.http),
    },
    ...[Audit, Replays, Sessions, Tries, Users, Watch].map((each) => onTables<object>(each)),
    {
      provide: AskAgain,
      inject: [getDataSourceToken(), SynchronizerClients],
      useFactory: (dataSource: DataSource, clients: SynchronizerClients) =>
        new AskAgain(dataSource, (system) => clients.find(system)),
    },
    {
      provide: AskingBroker,
      inject: [CONFIGURATION],
      useFactory: (configuration: Configuration) => new AskingBroker(configuration),
    },
    {
      provide: OverviewReader,
      inject: [getDataSourceToken(), CONFIGURATION, Audit],
      useFactory: (dataSource: DataSource, configuration: Configuration, audit: Audit) =>
        new OverviewReader(dataSource, configuration, audit),
    },
    {
      provide: Examinations,
      inject: [getDataSourceToken(), AskingBroker, CONFIGURATION],
      useFactory: (dataSource: DataSource, broker: AskingBroker, configuration: Configuration) =>
        new Examinations(dataSource, broker, configuration.systems, configuration),
    },
    {
      provide: OpenId,
      inject: [getDataSourceToken(), Audit, CONFIGURATION],
      useFactory: (dataSource: DataSource, audit: Audit, configuration: Configuration) =>
        new OpenId(dataSource, audit, configuration.console.openid),
    },
    Catalogues,
    FirstAdministrator,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useValue: readingPipe },
    {
      provide: APP_INTERCEPTOR,
      inject: [Reflector],
      useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [Examinations],
})
export class ApiModule {}
