import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { defaultErrorCodePattern, platform, type Configuration } from '#platform';
import { SynchronizerClient, type SynchronizerOptions } from '#synchronizer';
import { createTestDatabase } from '#persistence/testing';
import { Mirror } from '../mirror/mirror.js';
import { OnecComponentModule } from '../onec-component.module.js';
import { Synchronizer } from '../registers/synchronizer.js';

@Module({})
class TestModule {}

export const account = { user: 'СинхронизацияМудл', password: 'секрет:1' };
export const namespace = 'http://itk.example.org/synchronizer';

export interface RunningComponent {
  /** Base address. */
  url: string;
  dataSource: DataSource;
  mirror: Mirror;
  synchronizer: Synchronizer;
  app: INestApplication;
  client(options?: Partial<SynchronizerOptions>): SynchronizerClient;
  close(): Promise<void>;
}

/** The whole service in this process, on a database of its own, its mirror filled from the snapshot's address. */
export async function runComponent(
  snapshotUrl: string,
  more: { zone?: string; reofferOnChange?: boolean; refresh?: string } = {},
): Promise<RunningComponent> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'itk-component-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${account.password}\n`);
  writeFileSync(join(folder, 'developer'), 'developer\n');
  const configuration = {
    database: { url: database.url },
    broker: { url: 'amqp://127.0.0.1' },
    systems: [],
    onecComponent: {
      mirror: { url: snapshotUrl, refresh: more.refresh ?? 'PT1H' },
      zone: more.zone ?? 'Europe/Moscow',
      namespace,
      accounts: [
        { user: account.user, passwordFile, roles: ['ELSAdministrator'] },
        { user: 'developer', passwordFile: join(folder, 'developer'), roles: ['ELSCurriculumDeveloper'] },
      ],
      reofferOnChange: more.reofferOnChange ?? true,
    },
  } as unknown as Configuration;
  const app = await NestFactory.create(
    { module: TestModule, imports: [platform(configuration), OnecComponentModule] },
    { logger: false, abortOnError: false, forceCloseConnections: true },
  );
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  const mirror = app.get(Mirror, { strict: false });
  await mirror.refresh();
  return {
    url,
    dataSource: app.get<DataSource>(getDataSourceToken(), { strict: false }),
    mirror,
    synchronizer: app.get(Synchronizer, { strict: false }),
    app,
    client: (options = {}) => clientOf(`${url}/ws/ITK_Synchronizer.1cws`, options),
    close: async () => {
      await app.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const clientOf = (url: string, options: Partial<SynchronizerOptions> = {}): SynchronizerClient =>
  new SynchronizerClient({
    url,
    user: account.user,
    password: () => account.password,
    namespace,
    rename: {},
    errorCodePattern: defaultErrorCodePattern,
    serialize: (work) => work(new AbortController().signal),
    busyPause: 20,
    ...options,
  });
