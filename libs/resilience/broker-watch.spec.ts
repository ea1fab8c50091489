import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';
import { register } from 'prom-client';
import { Broker, Publisher, topologyOf } from '#messaging';
import { createDataSource, migrate, PauseBook } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { startRabbit, type DisposableRabbit } from '../../tools/servers/disposable.mjs';
import { BrokerWatch } from './broker-watch.js';

const service = 'success-reporter';
const systems = ['lms', 'dist'];
let rabbit: DisposableRabbit;
let database: TestDatabase;
let dataSource: DataSource;
let pauses: PauseBook;
let publisher: Publisher;
let watch: BrokerWatch;

const until = async (what: string, condition: () => unknown): Promise<void> => {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
/** A real alarm: of the memory, over all connections that publish. */
const memory = (share: number) =>
  promisify(execFile)(rabbit.ctl, ['set_vm_memory_high_watermark', String(share)]).then(() => undefined);
const send = () => publisher.send({ exchange: '', key: 'success-reporter.lms', body: Buffer.from('{}') });
const heldBack = async (): Promise<number> =>
  (await register.getSingleMetric('itk_broker_holds_back')!.get()).values.find(
    ({ labels }) => labels.connection === 'watched',
  )!.value;

beforeAll(async () => {
  [rabbit, database] = await Promise.all([startRabbit(), createTestDatabase()]);
  dataSource = createDataSource({ url: database.url, schema: 'success_reporter', entities: [], migrations: [] });
  await dataSource.initialize();
  await migrate(dataSource);
}, 60_000);
afterAll(async () => {
  await dataSource?.destroy();
  await Promise.all([rabbit?.stop(), database?.drop()]);
}, 60_000);
beforeEach(async () => {
  pauses = await new PauseBook(dataSource).open();
  // Heartbeats every second: who is held back must not look dead for that.
  publisher = new Publisher(new Broker(`${rabbit.url}?heartbeat=1`, 'watched', topologyOf(systems)), service);
  watch = new BrokerWatch(service, systems, pauses, publisher);
  watch.onModuleInit();
});
afterEach(async () => {
  watch.onModuleDestroy();
  await publisher.close();
  await pauses.close();
});

it('a broker that takes nothing is a pause with reason and cure and a metric, and ends by itself', async () => {
  await send();
  await memory(0);
  let sent = 0;
  const waiting = Promise.all([send().then(() => sent++), send().then(() => sent++)]);
  await until('the pauses stand', () => pauses.list().length === 2);
  const begun = Date.now();
  expect(pauses.list()).toMatchObject(
    ['dist', 'lms'].map((system) => ({
      ...{ system, service, kind: 'broker' },
      reason: { en: 'RabbitMQ takes no messages: it is short of memory' },
    })),
  );
  expect(pauses.list()[0]!.cure!.ru).toContain('rabbitmq-diagnostics alarms');
  expect(await heldBack()).toBe(1);
  const doctors = new Broker(rabbit.url, 'doctor');
  expect(await doctors.takes()).toMatch(/memory/);
  await doctors.close();
  await until('heartbeats went by', () => Date.now() - begun > 3_500);
  expect(sent).toBe(0);

  await memory(0.4);
  await waiting;
  await until('the pauses are over', () => pauses.list().length === 0);
  expect(await heldBack()).toBe(0);
}, 60_000);

it('a pause that a process left behind ends where the broker takes messages', async () => {
  const reason = { ru: 'x', en: 'x' };
  await pauses.put({ system: 'lms', service, kind: 'broker', reason, by: service });
  await until('it is over', () => pauses.list().length === 0);
});

it('a service that closes does not wait for a broker that takes nothing', async () => {
  await send();
  await memory(0);
  const waiting = send().then(
    () => 'sent',
    (error: Error) => error.name,
  );
  await until('the pauses stand', () => pauses.list().length === 2);
  const begun = Date.now();
  watch.onModuleDestroy();
  publisher.onModuleDestroy();
  expect(await waiting).toBe('BrokerUnavailableError');
  await publisher.close();
  expect(Date.now() - begun).toBeLessThan(6_000);
  await memory(0.4);
}, 60_000);
