import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { DataSource } from 'typeorm';
import {
  both,
  eventTypes,
  makeEvent,
  nothingDone,
  type CloudEvent,
  type EventData,
  type EventType,
  type Failure,
} from '#contracts';
import {
  Broker,
  deadQueue,
  deathHeaders,
  declare,
  Publisher,
  topologyOf,
  withFailure,
  workQueue,
  type QueueDeclaration,
} from '#messaging';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { FailureRow } from '../ledger/entities/failures.js';
import { deadLetterReader, journalReader } from '../duty.js';
import type { BatchReader } from '../intake/batch-reader.js';
import { ReplayRunner } from '../replay/runner.js';
import { Replays } from '../replay/replays.js';
import { schema } from '../ledger/schema.js';

export const studentChanged = (
  system: string,
  code: string,
  revision: number,
  group = 'М3О-101Б-24',
): EventData<'itk.student.changed.v1'> => ({
  system,
  origin: 'onec',
  state: 'active',
  person: { code, lastname: 'Ёлкина', firstname: 'Анна', middlename: '', kind: 'student' },
  study: {
    group,
    semester: 1,
    year: 2024,
    field: '01.03.02',
    profile: 'Прикладная математика',
    mode: 'Очная',
    site: 'Москва',
    curriculum: '000000321',
  },
  courses: [{ id: 17, role: 'student' }],
  revision,
});

export const userProvisioned = (system: string, code: string, revision: number): CloudEvent =>
  makeEvent(
    eventTypes.UserProvisioned,
    { ...studentChanged(system, code, revision), moodleUserId: 5, accountCreated: true },
    { service: 'user-provisioner' },
  );

export const synchronized = (system: string, code: string, revision: number, time?: Date): CloudEvent =>
  makeEvent(
    eventTypes.StudentSynchronized,
    { system, origin: 'onec', code, revision, counts: nothingDone, validUntil: 1_900_000_000 },
    { service: 'course-enroller', ...(time && { time }) },
  );

export const failedEvent = (
  system: string,
  code: string,
  revision: number,
  more: Partial<EventData<'itk.synchronization.failed.v1'>> = {},
): CloudEvent =>
  makeEvent(
    eventTypes.SynchronizationFailed,
    {
      ...{ system, origin: 'onec', code, revision, stage: 'course-enroller', kind: 'course', cause: 'course-missing' },
      ...{ about: '23', reason: both('нет курса 23', 'no course 23'), counts: nothingDone, flaggedBy1C: false },
      deadLetter: 'x/y',
      ...more,
    },
    { service: more.stage ?? 'course-enroller' },
  );

export const noCourse = (about = '23'): Failure => ({
  kind: 'course',
  cause: 'course-missing',
  about,
  reason: both(`В Moodle нет курса ${about}`, `There is no course ${about} in Moodle`),
});

/** A console's database and queues of one system, on real servers. */
export class ConsoleSetup {
  readonly system = `t${randomBytes(5).toString('hex')}`;
  readonly topology: QueueDeclaration[] = topologyOf([this.system]);
  dataSource!: DataSource;
  broker!: Broker;
  publisher!: Publisher;
  channel!: ConfirmChannel;
  replays!: Replays;
  private database!: TestDatabase;
  private readonly stopping: { stop: AbortController; done: Promise<void> }[] = [];

  async open(): Promise<this> {
    const url = process.env.ITK_TEST_AMQP_URL!;
    this.database = await createTestDatabase();
    this.dataSource = createDataSource({ url: this.database.url, ...schema });
    await this.dataSource.initialize();
    await migrate(this.dataSource);
    this.broker = new Broker(url, 'console setup', this.topology);
    this.publisher = new Publisher(new Broker(url, 'console setup publishing', this.topology), 'course-enroller');
    this.channel = await this.broker.channel();
    this.replays = new Replays(this.dataSource);
    return this;
  }

  async close(): Promise<void> {
    await this.rest();
    for (const { name } of this.topology) await this.channel.deleteQueue(name);
    await this.publisher.close();
    await this.broker.close();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** After a queue was deleted. */
  async redeclare(): Promise<void> {
    await declare(this.channel, this.topology);
  }

  /** Empties tables and queues. */
  async clear(): Promise<void> {
    await this.rest();
    for (const { name } of this.topology) await this.channel.purgeQueue(name);
    await this.dataSource.query(
      'truncate console.failures, console.known, console.journal, console.publishers, console.gaps, console.replays, console.replay_items, console.edits, console.queue_samples, console.notices, console.notice_troubles, console.notice_deliveries, operations.told, operations.pause, operations.consumer',
    );
  }

  /** Runs something until {@link rest}. */
  during(run: (stop: AbortSignal) => Promise<void>): AbortController {
    const stop = new AbortController();
    this.stopping.push({ stop, done: run(stop.signal).catch(() => undefined) });
    return stop;
  }

  async rest(): Promise<void> {
    for (const { stop } of this.stopping) stop.abort();
    await Promise.all(this.stopping.splice(0).map(({ done }) => done));
  }

  drain(): BatchReader {
    return deadLetterReader(this.dataSource, this.broker, [this.system]);
  }
  journal(): BatchReader {
    return journalReader(this.dataSource, this.broker, [this.system]);
  }
  runner(publisher: Pick<Publisher, 'send'> = this.publisher): ReplayRunner {
    return new ReplayRunner(this.dataSource, {
      send: (message) => publisher.send(message),
      publish: (event) => this.publisher.publish(event),
    });
  }

  queue(service = 'course-enroller'): string {
    return workQueue(service, this.system);
  }

  /** What a service does with a message it gives up; `headers` are those that the message came with. */
  bury(
    event: CloudEvent,
    failure: Failure,
    { service = 'course-enroller', at = new Date(), headers = {} as Record<string, unknown> } = {},
  ): Promise<void> {
    const queue = this.queue(service);
    return this.publisher.send({
      exchange: '',
      key: deadQueue(queue),
      body: Buffer.from(JSON.stringify(event)),
      messageId: event.id,
      type: event.type,
      headers: { ...withFailure(headers, failure, at), ...deathHeaders(failure, service, 'a.b.c', at) },
    });
  }

  failures(): Promise<FailureRow[]> {
    return this.dataSource.getRepository(FailureRow).find({ order: { id: 'asc' } });
  }

  /** Takes out of a work queue what lies there. It has a single active consumer, so basic.get is refused. */
  async take(service = 'course-enroller'): Promise<ConsumeMessage[]> {
    const waiting = await this.depth(this.queue(service));
    const messages: ConsumeMessage[] = [];
    if (waiting === 0) return messages;
    let consumerTag = '';
    await new Promise<void>((resolve, reject) => {
      const take = (message: ConsumeMessage | null): void => {
        if (message) messages.push(message);
        if (messages.length >= waiting) resolve();
      };
      this.channel
        .consume(this.queue(service), take, { noAck: true })
        .then((ok) => (consumerTag = ok.consumerTag), reject);
    });
    await this.channel.cancel(consumerTag);
    return messages;
  }

  async depth(queue: string): Promise<number> {
    return (await this.channel.checkQueue(queue)).messageCount;
  }
}

export const event = <T extends EventType>(type: T, data: EventData<T>): CloudEvent<T> =>
  makeEvent(type, data, { service: 'stage', id: randomUUID() });

export async function until(what: string, condition: () => Promise<boolean>, within = 20_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain until ${what}`);
    await rest(25);
  }
}
