import {
  Inject,
  Injectable,
  Module,
  StandardSchemaSerializerInterceptor,
  type BeforeApplicationShutdown,
  type INestApplication,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { readingPipe } from '#http-api';
import { CONFIGURATION, log, NestLog, type Configuration } from '#platform';
import { EmptyBindingRuns } from '../bindings/empty/empty-binding-runs.js';
import { CLOCK, type Clock } from '../clock.js';
import { controllers } from './controllers.js';
import { DeskGuard, KEYS_FILE } from './desk-guard.js';
import { RefusalFilter } from './refused.js';

/** Bytes: a document of 20,000 lines, or a spreadsheet of 2 MB in Base64. */
const largestBody = 4 * 1024 * 1024;

@Module({})
class DeskModule {}

/** The desk's application on a port of its own, apart from SOAP: only the console has business there. */
@Injectable()
export class DeskServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private app: INestApplication | undefined;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(getDataSourceToken()) private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EmptyBindingRuns) private readonly runs: EmptyBindingRuns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const desk = this.configuration.onecComponent?.desk;
    if (!desk) return;
    const app = await NestFactory.create<NestExpressApplication>(
      {
        module: DeskModule,
        controllers,
        providers: [
          { provide: CONFIGURATION, useValue: this.configuration },
          { provide: getDataSourceToken(), useValue: this.dataSource },
          { provide: CLOCK, useValue: this.clock },
          { provide: EmptyBindingRuns, useValue: this.runs },
          { provide: KEYS_FILE, useValue: desk.keysFile },
          { provide: APP_GUARD, useClass: DeskGuard },
          { provide: APP_PIPE, useValue: readingPipe },
          {
            provide: APP_INTERCEPTOR,
            inject: [Reflector],
            useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
          },
          { provide: APP_FILTER, useClass: RefusalFilter },
        ],
      },
      { logger: new NestLog(), abortOnError: false, forceCloseConnections: true },
    );
    app.disable('x-powered-by').set('etag', false);
    app.useBodyParser('json', { limit: largestBody });
    await app.listen(desk.port, desk.host);
    this.app = app;
    log('Desk').info('listening', { ...this.address });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.app?.close();
  }

  /** Where it listens; undefined: it is not configured. */
  get address(): { host: string; port: number } | undefined {
    const { address, port } = (this.app?.getHttpServer().address() ?? {}) as { address?: string; port?: number };
    return address === undefined ? undefined : { host: address, port: port! };
  }
}
