import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { getDataSourceToken } from '@nestjs/typeorm';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { RabbitServer } from '#messaging';
import { lockNumber } from '#persistence';
import { createTestDatabase, eventually, type TestDatabase } from '#persistence/testing';
import { platform, type Configuration } from '#platform';
import { ConsoleModule } from '../../apps/console/console.module.js';
import { CourseEnrollerModule } from '../../apps/course-enroller/course-enroller.module.js';
import { ErrorFlaggerModule } from '../../apps/error-flagger/error-flagger.module.js';
import { ImsGatewayModule } from '../../apps/ims-gateway/ims-gateway.module.js';
import { OnecPollerModule } from '../../apps/onec-poller/onec-poller.module.js';
import { SuccessReporterModule } from '../../apps/success-reporter/success-reporter.module.js';
import { UserProvisionerModule } from '../../apps/user-provisioner/user-provisioner.module.js';

const modules = {
  'onec-poller': OnecPollerModule,
  'user-provisioner': UserProvisionerModule,
  'course-enroller': CourseEnrollerModule,
  'success-reporter': SuccessReporterModule,
  'error-flagger': ErrorFlaggerModule,
  'ims-gateway': ImsGatewayModule,
  console: ConsoleModule,
};
type Service = keyof typeof modules;
const services = Object.keys(modules) as Service[];
const systems = Array.from({ length: 5 }, (_, n) => `s${n}`);

const folder = mkdtempSync(join(tmpdir(), 'itk-connections-'));
let database: TestDatabase;
let control: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  control = new pg.Client({ connectionString: database.url });
  await control.connect();
  process.env.ITK_SECRET_KEY_FILE = join(folder, 'key');
  writeFileSync(join(folder, 'key'), randomBytes(32).toString('base64'));
  writeFileSync(join(folder, 'secret'), 'x');
});
afterAll(async () => {
  await control?.end();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

/** Broker, Moodle and 1C are away: the services take their leases all the same, and put their pauses. */
const nowhere = 'http://127.0.0.1:1';
const configuration = (url: string) =>
  ({
    database: { url },
    broker: { url: 'amqp://127.0.0.1:1' },
    console: { journalDays: 90, http: { host: '127.0.0.1', port: 0, trustedProxies: [] }, notices: {} },
    systems: systems.map((id) => ({
      id,
      els: id,
      window: 10,
      pollInterval: 'PT5S',
      synchronizationPeriod: 'P1M',
      synchronizer: {
        url: `${nowhere}/${id}/ws/ITK_Synchronizer.1cws`,
        user: 'itk',
        passwordFile: join(folder, 'secret'),
        namespace: 'http://itk.example.org/synchronizer',
        setErrorCronflag: 'auto',
        rename: {},
        errorCodePattern: '(x)',
      },
      moodle: {
        url: nowhere,
        tokenFile: join(folder, 'secret'),
        roles: { student: 5 },
        maxInputVars: 1000,
        concurrency: 2,
      },
      accounts: {
        per: 'student',
        auth: 'manual',
        username: '{code}',
        email: '{username}@students.invalid',
        missingNames: {},
        fields: {},
        password: 'random',
        adopt: 'none',
      },
      enrolment: { role: 'student', removal: 'keep', grouping: 'none' },
      ims: {
        ...{ folder, content: 'delta', roles: {}, zone: 'Europe/Moscow', removalShare: 10, quietFor: 'PT10S' },
      },
    })),
  }) as unknown as Configuration;

async function start(service: Service, url: string): Promise<INestApplication> {
  class Process {}
  const app = await NestFactory.create(
    { module: Process, imports: [platform(configuration(url)), modules[service]] },
    { logger: false, abortOnError: false },
  );
  if (service !== 'console')
    app.connectMicroservice<MicroserviceOptions>(
      { strategy: app.get(RabbitServer, { strict: false }) },
      { inheritAppConfig: true },
    );
  await app.startAllMicroservices();
  return app.init();
}

const leasesOf = (service: Service): string[] => {
  if (service === 'console') return ['console duty'];
  const consuming = systems.map((system) => `consume ${service}.${system}`);
  if (service === 'ims-gateway') return [...consuming, ...systems.map((system) => `ims ${system}`)];
  return service === 'onec-poller' ? [...consuming, ...systems.map((system) => `poll ${system}`)] : consuming;
};

const connections = async (): Promise<Record<string, number>> => {
  const { rows } = await control.query<{ name: string; count: number }>(
    `select application_name as name, count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name like 'itk %' group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
};

/** Numbers of the table "Connections": pool, LISTEN, leases, one replica, two replicas. */
const documented = (name: string): number[] => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
  const [, cells] = new RegExp(`^\\| *(?:\\*\\*|\`)${name}(?:\\*\\*|\`) *\\|((?: *\\**\\d+\\** *\\|){5})$`, 'm').exec(
    text,
  )!;
  return cells!.match(/\d+/g)!.map(Number);
};

test('the table of connections adds up, and two replicas of all stay under 100 with room for others', () => {
  const rows = [...services, 'onec-component'].map(documented);
  for (const [pool, listen, leases, one, two] of rows)
    expect([one, two]).toEqual([pool! + listen! + leases!, 2 * one!]);
  const all = documented('all');
  expect(all).toEqual(all.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0)));
  expect(all[4]).toBeLessThanOrEqual(90);
});

test.each(services)('%s with five systems opens what the table says, however busy', async (service) => {
  const app = await start(service, database.url);
  try {
    const numbers = leasesOf(service).map((key) => lockNumber(key).toString());
    await eventually(async () => {
      const { rows } = await control.query<{ held: string }>(
        `select ((classid::bigint << 32) | objid::bigint)::text as held from pg_locks
         where locktype = 'advisory' and granted and objsubid = 1
           and database = (select oid from pg_database where datname = current_database())`,
      );
      expect(rows.map(({ held }) => held)).toEqual(expect.arrayContaining(numbers));
    }, 30_000);
    const dataSource = app.get<DataSource>(getDataSourceToken(), { strict: false });
    const schema = service.replace('-', '_');
    const [pool, listen, leases] = documented(service);
    const busy = Array.from({ length: 12 }, () => dataSource.query('select pg_sleep(0.3)'));
    await eventually(async () =>
      expect(await connections()).toEqual({ [`itk ${schema}`]: pool, 'itk pauses': listen, 'itk leases': leases }),
    );
    await Promise.all(busy);
  } finally {
    await app.close();
  }
  await eventually(async () => expect(await connections()).toEqual({}));
});
