import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { makeEvent } from '#contracts';
import {
  answers,
  Broker,
  done,
  leaseOn,
  Publisher,
  QueueConsumer,
  Settler,
  topologyOf,
  workQueue,
  type Delivery,
} from '#messaging';
import { createDataSource, openMigrated, PauseBook, proveRoom } from '#persistence';
import { SystemGuard } from '../system-guard.js';

const service = 'course-enroller';

/** A service's consumer with its guard, its lease and its pauses, and a handler that writes what it is given. */
export class Setup {
  readonly system = `v-${randomBytes(4).toString('hex')}`;
  readonly queue = workQueue(service, this.system);
  readonly calls: { size: number; ended: 'well' | unknown }[] = [];
  readonly attempts = new Set<number>();
  probes = 0;
  highest = 0;
  /** Called in the midst of a batch, its transaction begun. */
  midst: (size: number) => Promise<void> = () => Promise.resolve();
  private readonly topology = topologyOf([this.system]).filter(({ name }) => name.startsWith(service));
  private readonly amqp = process.env.ITK_TEST_AMQP_URL!;
  private readonly publisher = new Publisher(new Broker(this.amqp, 'publishing', this.topology), 'test');
  private readonly brokers = [new Broker(this.amqp, 'consuming'), new Broker(this.amqp, 'looking on')] as const;
  private guard!: SystemGuard;
  private pauses!: PauseBook;
  private consumer!: QueueConsumer;
  dataSource!: DataSource;

  async open(url: string): Promise<this> {
    this.dataSource = await openMigrated(createDataSource({ url, schema: 'outages', entities: [], migrations: [] }));
    await this.dataSource.query(
      'create table if not exists written (system text, code text, filler text, times int, primary key (system, code))',
    );
    await this.dataSource.query('alter table written alter filler set storage external');
    this.pauses = await new PauseBook(this.dataSource).open();
    const asked = () => proveRoom((sql) => this.dataSource.query(sql));
    const probe = () => Promise.resolve(this.probes++);
    this.guard = new SystemGuard(service, this.system, this.pauses, probe, asked);
    // one plan: each has batches of its own
    const plan = { size: 50, waitMs: 100, handle: (given: Delivery[]) => this.handle(given) };
    this.consumer = new QueueConsumer({
      broker: this.brokers[0],
      ...{ queue: this.queue, system: this.system, topology: this.topology, guard: this.guard, size: 50, waitMs: 100 },
      planOf: () => plan,
      publisher: this.publisher,
      settler: new Settler(this.publisher, this.queue, service, () => undefined),
      takeLease: leaseOn(url),
    });
    return this;
  }

  private async handle(given: Delivery[]) {
    const call: (typeof this.calls)[number] = { size: given.length, ended: undefined };
    this.calls.push(call);
    for (const { attempt } of given) this.attempts.add(attempt);
    try {
      await this.dataSource.transaction(async (manager) => {
        await this.midst(given.length);
        await manager.query(
          `insert into written select $1, code, repeat('x', 20000), 1 from unnest($2::text[]) code
           on conflict (system, code) do update set times = written.times + 1`,
          [this.system, given.map(({ event }) => event.subject)],
        );
      });
    } catch (error) {
      call.ended = error;
      throw error;
    }
    call.ended = 'well';
    return answers(given, () => done());
  }

  async publish(count: number): Promise<void> {
    const codes = Array.from({ length: count }, (_, index) => `${index}`);
    await this.publisher.publishAll(
      codes.map((code) => makeEvent('itk.enrolment.due.v1', { system: this.system, code }, { service: 'test' })),
    );
  }

  start(): void {
    this.consumer.start();
  }

  /** In the work queue: ready ones and those in hand. */
  async depth(): Promise<number> {
    const channel = await this.brokers[1].channel();
    const { messageCount } = await channel.checkQueue(this.queue);
    await channel.close();
    this.highest = Math.max(this.highest, messageCount);
    return messageCount;
  }

  async waitingElsewhere(): Promise<number> {
    const channel = await this.brokers[1].channel();
    let all = 0;
    for (const { name } of this.topology) if (name !== this.queue) all += (await channel.checkQueue(name)).messageCount;
    await channel.close();
    return all;
  }

  async written(): Promise<{ codes: number; most: number }> {
    const [row] = await this.dataSource.query(
      'select count(*)::int codes, max(times) most from written where system = $1',
      [this.system],
    );
    return row as { codes: number; most: number };
  }

  async close(): Promise<void> {
    await this.consumer.stop();
    this.guard.close();
    await this.pauses.close();
    await Promise.all([this.publisher.close(), ...this.brokers.map((broker) => broker.close())]);
    await this.dataSource.destroy();
  }
}
