import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { both, isOfType, makeEvent, nothingDone, parseEvent, eventTypes, type CloudEvent } from '#contracts';
import { Broker, journalQueue, Publisher, RabbitServer, topologyOf, workQueue } from '#messaging';
import { platform, type Configuration } from '#platform';
import { ErrorFlaggerModule } from '../../apps/error-flagger/error-flagger.module.js';
import { account, runComponent, type RunningComponent } from '../../apps/onec-component/testing/running-component.js';
import { OnecPollerModule } from '../../apps/onec-poller/onec-poller.module.js';
import { SuccessReporterModule } from '../../apps/success-reporter/success-reporter.module.js';
import { configurationSchema } from '../../libs/platform/configuration/schema.js';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { createSandboxOneC, type SandboxOneC, type SandboxOptions } from '../../sandbox/onec/server.js';

/** What becomes of a student between the poller and the word back. */
export type Outcome =
  | { kind: 'synchronized'; validUntil: number }
  | { kind: 'student' | 'course' }
  /** Nothing is said of them: the test does that itself. */
  | { kind: 'silent' };

export interface Setup {
  system: string;
  sandbox: SandboxOneC;
  component: RunningComponent;
  database: TestDatabase;
  /** Every event, in the order of the journal. */
  journal: CloudEvent[];
  /** Codes published and not reported. */
  readonly underWay: Set<string>;
  mostUnderWay: number;
  /** While true, nobody is worked off. */
  middleStopped: boolean;
  /** Students worked off every 20 ms at the most. */
  perTurn: number;
  configuration: Configuration;
  outcomeOf: (code: string) => Outcome;
  start(): Promise<{ poller: INestApplication; reporter: INestApplication; flagger: INestApplication }>;
  startOne(module: Type): Promise<INestApplication>;
  close(): Promise<void>;
}

/** The three services of 1C's side against a component and its sandbox; the Moodle side is played by a script. */
export async function openSetup(
  options: SandboxOptions & { window: number; systemSettings?: Record<string, unknown> },
): Promise<Setup> {
  const system = `t${randomBytes(6).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'itk-1c-side-'));
  writeFileSync(join(folder, 'password'), account.password);
  const database = await createTestDatabase();
  const sandbox = await createSandboxOneC({ systems: ['LMS'], ...options });
  const component = await runComponent(`${sandbox.url}/snapshot`);
  sandbox.component = component.url;
  const configuration = configurationSchema.parse({
    database: { url: database.url },
    broker: { url: process.env.ITK_TEST_AMQP_URL },
    systems: [
      {
        id: system,
        els: 'LMS',
        window: options.window,
        pollInterval: 'PT0.3S',
        synchronizer: {
          url: sandbox.webService,
          user: account.user,
          passwordFile: join(folder, 'password'),
          zone: 'Europe/Moscow',
        },
        moodle: { url: 'http://moodle.invalid', tokenFile: 'none' },
        ...options.systemSettings,
      },
    ],
  }) as Configuration;

  const apps: INestApplication[] = [];
  class Service {}
  const startOne = async (module: Type): Promise<INestApplication> => {
    const app = await NestFactory.create(
      { module: Service, imports: [platform(configuration), module] },
      { logger: false, abortOnError: false },
    );
    apps.push(app);
    app.connectMicroservice<MicroserviceOptions>(
      { strategy: app.get(RabbitServer, { strict: false }) },
      { inheritAppConfig: true },
    );
    await app.startAllMicroservices();
    await app.init();
    return app;
  };

  const url = process.env.ITK_TEST_AMQP_URL!;
  const publisher = new Publisher(new Broker(url, 'script', topologyOf([system])), 'script');
  // Declares the queues that the script takes from.
  await publisher.send({ exchange: '', key: workQueue('user-provisioner', system), body: Buffer.from('"ready"') });
  const broker: ChannelModel = await connect(url);
  const channel: Channel = await broker.createChannel();

  const setup: Setup = {
    system,
    sandbox,
    component,
    database,
    journal: [],
    get underWay() {
      return placesOf(setup.journal);
    },
    mostUnderWay: 0,
    middleStopped: false,
    perTurn: 50,
    configuration,
    outcomeOf: () => ({ kind: 'synchronized', validUntil: Math.floor(Date.now() / 1000) + 30 * 86_400 }),
    startOne,
    start: async () => {
      const [reporter, flagger] = [await startOne(SuccessReporterModule), await startOne(ErrorFlaggerModule)];
      return { reporter, flagger, poller: await startOne(OnecPollerModule) };
    },
    close: async () => {
      await Promise.all(apps.map((app) => app.close()));
      await publisher.close();
      for (const { name } of topologyOf([system])) await channel.deleteQueue(name);
      await broker.close();
      await component.close();
      await sandbox.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };

  await channel.consume(journalQueue(system), (message) => {
    if (!message) return;
    const events = JSON.parse(message.content.toString()) as unknown[];
    setup.journal.push(...events.map((event) => parseEvent(JSON.stringify(event))));
    channel.ack(message);
  });
  const waiting: CloudEvent<'itk.student.changed.v1'>[] = [];
  const workOff = async (): Promise<void> => {
    for (const event of setup.middleStopped ? [] : waiting.splice(0, setup.perTurn)) {
      const { code } = event.data.person;
      const { revision } = event.data;
      const outcome = setup.outcomeOf(code);
      if (outcome.kind === 'silent') continue;
      const student = { system, origin: 'onec' as const, code, revision, counts: nothingDone };
      await publisher.publish(
        outcome.kind === 'synchronized'
          ? makeEvent(
              eventTypes.StudentSynchronized,
              { ...student, validUntil: outcome.validUntil },
              { service: 'script' },
            )
          : makeEvent(
              eventTypes.SynchronizationFailed,
              {
                ...student,
                stage: 'script',
                kind: outcome.kind,
                cause: 'scripted',
                reason: both('так', 'so'),
                flaggedBy1C: false,
              },
              { service: 'script' },
            ),
      );
    }
  };
  const timer = setInterval(() => void workOff().catch(() => undefined), 20);
  const close = setup.close;
  setup.close = () => {
    clearInterval(timer);
    return close();
  };
  await channel.consume(workQueue('user-provisioner', system), (message) => {
    if (!message) return;
    channel.ack(message);
    if (message.content.toString() === '"ready"') return;
    const event = parseEvent(message.content);
    if (!isOfType(event, eventTypes.StudentChanged)) return;
    waiting.push(event);
    setup.mostUnderWay = Math.max(setup.mostUnderWay, setup.underWay.size);
  });
  return setup;
}

/** Who holds a place, by the journal. */
function placesOf(journal: readonly CloudEvent[]): Set<string> {
  const places = new Map<string, number>();
  for (const event of journal) {
    if (isOfType(event, eventTypes.StudentChanged)) places.set(event.data.person.code, event.data.revision);
    if (isOfType(event, eventTypes.StudentReported) && event.data.revision >= (places.get(event.data.code) ?? 0)) {
      places.delete(event.data.code);
    }
  }
  return new Set(places.keys());
}
