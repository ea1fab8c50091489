import 'reflect-metadata';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy, MicroserviceOptions } from '@nestjs/microservices';
import { ConfigurationError, loadConfiguration } from '../configuration/load.js';
import { log, nameLogs } from '../logging/log.js';
import { NestLog } from '../logging/nest-log.js';
import { nameMetrics } from '../metrics.js';
import { platform } from '../platform.module.js';
import { closeOnSignals } from './close-on-signals.js';

export interface Service {
  /** `user-provisioner`: in logs, metrics and queues. */
  name: string;
  module: Type | DynamicModule;
  /** Transport strategies, by their injection tokens. */
  strategies?: Type<CustomTransportStrategy>[];
}

@Module({})
class ServiceModule {}

/**
 * `main.ts` of every service: reads the configuration, starts the transports, then listens on `PORT` (any free one
 * unless set; the log line "listening" names it) of `HOST` (all interfaces unless set). SIGTERM and SIGINT: finish what is in hand, exit with 0.
 * A configuration that is wrong is told on stderr in both languages; exit with 1.
 */
export async function startService({ name, module, strategies = [] }: Service): Promise<void> {
  nameLogs(name);
  const logger = log('Service');
  process.on('unhandledRejection', (error) => die('unhandled rejection', error));
  process.on('uncaughtException', (error) => die('uncaught exception', error));
  try {
    nameMetrics(name);
    const configuration = loadConfiguration();
    const app = await NestFactory.create(
      { module: ServiceModule, imports: [platform(configuration), module] },
      { logger: new NestLog(), abortOnError: false, forceCloseConnections: true },
    );
    for (const strategy of strategies)
      app.connectMicroservice<MicroserviceOptions>(
        { strategy: app.get(strategy, { strict: false }) },
        { inheritAppConfig: true },
      );
    closeOnSignals(app);
    await app.startAllMicroservices();
    const port = portFrom(process.env.PORT);
    await (process.env.HOST ? app.listen(port, process.env.HOST) : app.listen(port));
    const address = app.getHttpServer().address() as { address: string; port: number };
    logger.info('listening', { host: address.address, port: address.port, pid: process.pid });
  } catch (error) {
    if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
    die('cannot start', error);
  }
}

function portFrom(text: string | undefined): number {
  const port = Number(text || 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`PORT=${text}: must be 0 to 65535`);
  return port;
}

function die(what: string, error: unknown): never {
  log('Service').fatal(what, { error });
  process.exit(1);
}
