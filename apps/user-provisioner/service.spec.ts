import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { getDataSourceToken } from '@nestjs/typeorm';
import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import type { DataSource } from 'typeorm';
import { parseEvent, type CloudEvent } from '#contracts';
import { deadQueue, Publisher, RabbitServer, topologyOf, workQueue } from '#messaging';
import { askFor } from '#persistence';
import { platform, type Configuration } from '#platform';
import { createTestDatabase, eventually, type TestDatabase } from '#persistence/testing';
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import type { KnownAccounts } from './moodle/known-accounts.js';
import { SealedPasswords } from './passwords/passwords.js';
import { SecretBox } from './passwords/secret-box.js';
import { readSecretKeys, secretKey } from './passwords/secret-keys.js';
import { service } from './student-changed.handler.js';
import { student } from './testing/students.js';
import { changed, vanished } from './testing/setup.js';
import { UserProvisionerModule } from './user-provisioner.module.js';

const system = `t${randomBytes(6).toString('hex')}`;
const folder = mkdtempSync(join(tmpdir(), 'itk-provisioner-'));
let database: TestDatabase;
let moodle: SandboxMoodle;
let app: INestApplication;
let broker: ChannelModel;
let channel: Channel;

beforeAll(async () => {
  database = await createTestDatabase();
  moodle = await createSandboxMoodle();
  process.env.ITK_SECRET_KEY_FILE = join(folder, 'key');
  writeFileSync(join(folder, 'key'), randomBytes(32).toString('base64'));
  writeFileSync(join(folder, 'token'), `${moodle.token}\n`);
  const configuration = {
    database: { url: database.url },
    broker: { url: process.env.ITK_TEST_AMQP_URL! },
    systems: [
      {
        id: system,
        els: 'Moodle',
        moodle: { url: moodle.url, tokenFile: join(folder, 'token'), roles: {}, maxInputVars: 1000, concurrency: 2 },
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
      },
    ],
  } as unknown as Configuration;
  class Service {}
  app = await NestFactory.create(
    { module: Service, imports: [platform(configuration), UserProvisionerModule] },
    { logger: false, abortOnError: false },
  );
  app.connectMicroservice<MicroserviceOptions>(
    { strategy: app.get(RabbitServer, { strict: false }) },
    { inheritAppConfig: true },
  );
  await app.startAllMicroservices();
  await app.init();
  broker = await connect(process.env.ITK_TEST_AMQP_URL!);
  channel = await broker.createChannel();
});
afterAll(async () => {
  await app?.close();
  if (channel) for (const { name } of topologyOf([system])) await channel.deleteQueue(name);
  await broker?.close();
  await moodle?.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
});

/** The next `count` events of a queue. */
function taken(queue: string, count: number): Promise<CloudEvent[]> {
  return new Promise((resolve, reject) => {
    const events: CloudEvent[] = [];
    const consumerTag = randomBytes(8).toString('hex');
    const take = (message: ConsumeMessage | null): void => {
      if (!message || events.length === count) return;
      events.push(parseEvent(message.content));
      channel.ack(message);
      if (events.length === count) channel.cancel(consumerTag).then(() => resolve(events), reject);
    };
    channel.consume(queue, take, { consumerTag }).catch(reject);
  });
}
const ours = <T extends { data: { system: string } }>(event: T): T => ({ ...event, data: { ...event.data, system } });

it('makes accounts, tells course-enroller, and names who could not have one', async () => {
  const publisher = app.get(Publisher, { strict: false });
  const good = Array.from({ length: 120 }, (_, index) => student(`g${index}`, 5));
  const bad = student('bad', 5, { person: { lastname: '' } });
  const first = changed(good[0]!);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await publisher.publishAll([
    ours({ ...first, traceparent }),
    ours(changed(bad)),
    ...good.slice(1).map((each) => ours(changed(each))),
  ]);
  const told = await taken(workQueue('course-enroller', system), 120);
  expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set(good.map(({ person }) => person.code)));
  for (const { data } of told) {
    const { moodleUserId, accountCreated, person } = data as unknown as {
      moodleUserId: number;
      accountCreated: boolean;
      person: { code: string };
    };
    expect(accountCreated).toBe(true);
    expect(moodle.state.users.get(moodleUserId)?.idnumber).toBe(person.code);
  }
  expect(told.find(({ subject }) => subject === 'g0')?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
  const [dead] = await taken(deadQueue(workQueue(service, system)), 1);
  expect(dead?.subject).toBe('bad');
  const [failed] = await taken(workQueue('error-flagger', system), 1);
  expect(failed?.data).toMatchObject({
    code: 'bad',
    revision: 5,
    stage: service,
    kind: 'student',
    cause: 'lastname-empty',
  });
});

it('names for the doctor an account that is there, and those that are not', async () => {
  const dataSource = app.get<DataSource>(getDataSourceToken(), { strict: false });
  const errand = { service, system, what: 'known-accounts', by: 'test' };
  const end = await askFor(dataSource, errand, { begin: 10_000, end: 20_000 });
  const { witness, expected } = (end as unknown as { result: KnownAccounts }).result;
  expect(expected).toEqual([{ username: 'bad', idnumber: 'bad' }]);
  expect(moodle.state.users.get(witness!.id)).toMatchObject(witness!);
});

it('tells of which revision the account was that cannot be made anew', async () => {
  const publisher = app.get(Publisher, { strict: false });
  await publisher.publish(ours(changed(student('v', 8))));
  await taken(workQueue('course-enroller', system), 1);
  const [account] = moodle.state.users.withIdnumber('v');
  moodle.state.deleteUser(account!);
  moodle.state.users.insert({ username: 'v', firstname: 'x', lastname: 'x', email: 'x@x.invalid' });
  await publisher.publish(ours(vanished('v')));
  const [failed] = await taken(workQueue('error-flagger', system), 1);
  expect(failed?.data).toMatchObject({
    code: 'v',
    revision: 8,
    origin: 'onec',
    cause: 'username-taken',
    flaggedBy1C: false,
  });
});

it('a key of passwords is changed while the service works: what was kept is sealed anew, and the old one may go', async () => {
  const dataSource = app.get<DataSource>(getDataSourceToken(), { strict: false });
  const kept = (): Promise<{ key: string; password: string }[]> =>
    dataSource.query('select person_key as key, password from user_provisioner.accounts where password is not null');
  const file = process.env.ITK_SECRET_KEY_FILE!;
  const old = readFileSync(file, 'utf8');
  const fresh = randomBytes(32);
  const before = await kept();
  expect(before.length).toBeGreaterThan(100);
  const passwords = new SealedPasswords(new SecretBox(() => readSecretKeys(file)), system);
  const plain = new Map(before.map(({ key, password }) => [key, passwords.open(key, password)]));

  const write = (...keys: string[]): void => {
    writeFileSync(`${file}.next`, keys.join('\n'));
    renameSync(`${file}.next`, file);
  };
  write(fresh.toString('base64'), old);
  const { id } = secretKey(fresh);
  await eventually(
    async () => expect((await kept()).filter(({ password }) => !password.endsWith(`.${id}`))).toEqual([]),
    60_000,
  );
  write(fresh.toString('base64'));
  for (const { key, password } of await kept()) expect(passwords.open(key, password)).toBe(plain.get(key));

  await app.get(Publisher, { strict: false }).publish(ours(changed(student('after', 9))));
  await taken(workQueue('course-enroller', system), 1);
  const sealed = (await kept()).find(({ key }) => key === 'after')!.password;
  expect(passwords.open('after', sealed)).toHaveLength(16);
}, 120_000);
