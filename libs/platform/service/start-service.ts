import 'reflect-metadata';
import type { Server } from 'node:https';
import { Module, type DynamicModule, type INestApplication, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy, MicroserviceOptions } from '@nestjs/microservices';
import { ConfigurationError, loadConfiguration } from '../configuration/load.js';
import type { Configuration } from '../configuration/schema.js';
import { log, nameLogs } from '../logging/log.js';
import { NestLog } from '../logging/nest-log.js';
import { nameMetrics } from '../metrics.js';
import { HealthSigns } from '../health/health-signs.js';
import { health, platform } from '../platform.module.js';
import { SettingError } from '../setting-error.js';
import { startTracing } from '../tracing/tracing.js';
import { closeOnSignals } from './close-on-signals.js';
import { readCertificate, renewCertificate, type CertificateFiles } from './server-certificate.js';
import { systemsGiven } from './systems-given.js';

export interface Service {
  /** `user-provisioner`: in logs, metrics and queues. */
  name: string;
  module: Type | DynamicModule;
  /** Transport strategies, by their injection tokens. */
  strategies?: Type<CustomTransportStrategy>[];
  /** It serves others by HTTP; where, unless PORT and HOST say so. */
  web?: true | ((configuration: Configuration) => Address);
  /** What `main.js migrate` does instead of starting: brings the service's tables up to date, and ends. */
  migrate?: (configuration: Configuration) => Promise<void>;
  /** Before it begins: what the HTTP application needs besides its modules. */
  prepare?: (app: INestApplication, configuration: Configuration) => void;
}

interface Address {
  host: string;
  port: number;
  /** What it answers by TLS with; absent: plain http. */
  tls?: CertificateFiles | undefined;
}

@Module({})
class ServiceModule {}

/**
 * `main.ts` of every service: reads the configuration, starts the transports, then shows its health and metrics on
 * `HEALTH_PORT` of `HEALTH_HOST`, and what it serves to others (`web`) on `PORT` of `HOST`: any free port and all
 * interfaces unless set or configured; the log line "listening" names them. SIGTERM and SIGINT: finish what is in hand, exit with 0.
 * A configuration or an address that is wrong is told on stderr in both languages; exit with 1. `ITK_SYSTEMS` gives this
 * process some of the systems only; the argument `migrate` has it bring its tables up to date and end.
 */
export async function startService({ name, module, strategies = [], web, migrate, prepare }: Service): Promise<void> {
  nameLogs(name);
  const logger = log('Service');
  process.on('unhandledRejection', (error) => die('unhandled rejection', error));
  process.on('uncaughtException', (error) => die('uncaught exception', error));
  try {
    nameMetrics(name);
    const whole = loadConfiguration();
    if (process.argv[2] === 'migrate') {
      if (!migrate) throw new Error(`${name} keeps no tables`);
      await migrate(whole);
      logger.info('the tables are up to date');
      process.exit(0);
    }
    const configuration = { ...whole, systems: systemsGiven(whole.systems, process.env.ITK_SYSTEMS) };
    const usual = typeof web === 'function' ? web(configuration) : undefined;
    const endTracing = await startTracing(name);
    const app = await NestFactory.create(
      { module: ServiceModule, imports: [platform(configuration), module] },
      {
        ...{ logger: new NestLog(), abortOnError: false, forceCloseConnections: true },
        ...(usual?.tls && { httpsOptions: readCertificate(usual.tls) }),
      },
    );
    if (usual?.tls) renewCertificate(app.getHttpServer() as Server, usual.tls);
    prepare?.(app, configuration);
    for (const strategy of strategies)
      app.connectMicroservice<MicroserviceOptions>(
        { strategy: app.get(strategy, { strict: false }) },
        { inheritAppConfig: true },
      );
    const beside = await NestFactory.create(health(app.get(HealthSigns)), {
      logger: new NestLog(),
      abortOnError: false,
      forceCloseConnections: true,
    });
    closeOnSignals({
      close: async () => {
        await app.close();
        await beside.close();
        await endTracing();
      },
    });
    await app.startAllMicroservices();
    const served = web ? await listen(app, 'PORT', 'HOST', usual) : await app.init().then(() => undefined);
    const shown = await listen(beside, 'HEALTH_PORT', 'HEALTH_HOST');
    logger.info('listening', { ...served, health: shown, pid: process.pid });
  } catch (error) {
    if (error instanceof ConfigurationError || error instanceof SettingError)
      process.stderr.write(`${error.message}\n`);
    die('cannot start', error);
  }
}

/** On the port and the interface that these variables name. */
async function listen(app: INestApplication, portName: string, hostName: string, usual?: Address): Promise<Address> {
  const port = process.env[portName] ? portFrom(portName) : (usual?.port ?? 0);
  const host = process.env[hostName] || usual?.host;
  await (host ? app.listen(port, host) : app.listen(port));
  const { address, port: taken } = app.getHttpServer().address() as { address: string; port: number };
  return { host: address, port: taken };
}

function portFrom(name: string): number {
  const text = process.env[name];
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`${name}=${text}: must be 0 to 65535`);
  return port;
}

function die(what: string, error: unknown): never {
  log('Service').fatal(what, { error });
  process.exit(1);
}
