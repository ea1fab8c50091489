import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { makeEvent, parseEvent, type CloudEvent, type EventType } from '#contracts';
import { deadQueue, declare, Publisher, RabbitServer, topologyOf, workQueue } from '#messaging';
import { createTestDatabase, eventually, type TestDatabase } from '#persistence/testing';
import { loadConfiguration, platform } from '#platform';
// A stand-in Moodle, for tests only.
import { createSandboxMoodle, type SandboxMoodle } from '../../sandbox/moodle/server.js';
import { CourseEnrollerModule } from './course-enroller.module.js';
import { provisioned } from './testing/studies.js';

const system = `t-${randomBytes(4).toString('hex')}`;
const amqp = process.env.ITK_TEST_AMQP_URL!;
let folder: string;
let database: TestDatabase;
let sandbox: SandboxMoodle;
let app: INestApplication;
let connection: ChannelModel;
let channel: ConfirmChannel;
const words: CloudEvent[] = [];
const dead: CloudEvent[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'itk-'));
  database = await createTestDatabase();
  sandbox = await createSandboxMoodle({ courses: 12 });
  writeFileSync(join(folder, 'token'), sandbox.token);
  writeFileSync(join(folder, 'password'), 'unused');
  const of1C = { url: 'http://127.0.0.1:9/ws', user: 'u', passwordFile: 'password', zone: 'Europe/Moscow' };
  const moodle = { url: sandbox.url, tokenFile: 'token', roles: { student: 5 } };
  writeFileSync(
    join(folder, 'itk.yaml'),
    JSON.stringify({ systems: [{ id: system, els: 'Moodle', synchronizer: of1C, moodle }] }),
  );
  const environment = { DATABASE_URL: database.url, AMQP_URL: amqp };
  const configuration = loadConfiguration(join(folder, 'itk.yaml'), environment);
  const module = await Test.createTestingModule({ imports: [platform(configuration), CourseEnrollerModule] }).compile();
  app = module.createNestApplication({ logger: false });
  app.connectMicroservice({ strategy: app.get(RabbitServer, { strict: false }) }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  connection = await connect(amqp);
  channel = await connection.createConfirmChannel();
  await declare(channel, topologyOf([system]));
  const listen = (queue: string, into: CloudEvent[]) =>
    channel.consume(queue, (message) => void (message && into.push(parseEvent(message.content))), { noAck: true });
  await listen(workQueue('success-reporter', system), words);
  await listen(deadQueue(workQueue('course-enroller', system)), dead);
}, 60_000);

afterAll(async () => {
  await app?.close();
  for (const { name } of topologyOf([system])) await channel?.deleteQueue(name);
  await connection?.close();
  await sandbox?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const publish = (...events: CloudEvent[]) => app.get(Publisher, { strict: false }).publishAll(events);
const event = <T extends EventType>(type: T, data: CloudEvent<T>['data']) =>
  makeEvent(type, data, { service: 'test' }) as CloudEvent;
const taken = (from: CloudEvent[]): Promise<CloudEvent> =>
  eventually(() => {
    const next = from.shift();
    if (!next) throw new Error('nothing has come');
    return next;
  }, 30_000);

it('takes all three events from its queue, and its EnrolmentDue comes back to itself', async () => {
  const user = sandbox.state.users.insert({ username: 'u1', firstname: 'F', lastname: 'L', email: 'u1@e.invalid' }).id;
  const revision = Date.now();
  const student = provisioned({ user, created: true, courses: [2], sequence: 1, revision }, system);
  await publish(event('itk.user.provisioned.v1', student));
  const first = await taken(words);
  expect(first).toMatchObject({
    type: 'itk.student.synchronized.v1',
    data: { code: '1', revision, counts: { enrolled: 1 } },
  });

  const change = { system, curriculum: 'C', semester: 1, courses: [2, 3, 99], sequence: 2 };
  await publish(event('itk.binding.changed.v1', change));
  const second = await taken(words);
  expect(second).toMatchObject({
    type: 'itk.synchronization.failed.v1',
    data: {
      code: '1',
      revision,
      kind: 'course',
      about: '99',
      stage: 'course-enroller',
      counts: { enrolled: 1, unchanged: 1 },
    },
  });
  expect((await taken(dead)).type).toBe('itk.enrolment.due.v1');
  expect([...sandbox.state.enrolments.ofUser(user)].map(({ courseid }) => courseid)).toEqual([2, 3]);
});

it('waits while Moodle is away, and goes on by itself', async () => {
  const user = sandbox.state.users.insert({ username: 'u2', firstname: 'F', lastname: 'L', email: 'u2@e.invalid' }).id;
  await sandbox.goAway();
  await publish(event('itk.user.provisioned.v1', provisioned({ code: '2', user, courses: [4] }, system)));
  await eventually(async () => {
    const { messageCount, consumerCount } = await channel.checkQueue(workQueue('course-enroller', system));
    expect([messageCount, consumerCount]).toEqual([1, 0]);
  });
  await sandbox.comeBack();
  const word = await taken(words);
  expect(word).toMatchObject({ type: 'itk.student.synchronized.v1', data: { code: '2', counts: { enrolled: 1 } } });
}, 60_000);

it('an EnrolmentDue whose ladder is used up tells whose pass has failed, so that the place is freed', async () => {
  const user = sandbox.state.users.insert({ username: 'u3', firstname: 'F', lastname: 'L', email: 'u3@e.invalid' }).id;
  const revision = Date.now();
  sandbox.switches.faults = [{ kind: 'deadlock', functions: ['enrol_manual_enrol_users'] }];
  const change = provisioned({ code: '3', user, created: true, courses: [5], revision }, system);
  await publish(event('itk.user.provisioned.v1', change));
  const climbing = topologyOf([system]).filter(({ name }) =>
    name.startsWith(`${workQueue('course-enroller', system)}.retry.`),
  );
  await eventually(async () => {
    const depths = await Promise.all(climbing.map(({ name }) => channel.checkQueue(name)));
    expect(depths.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(1);
  });
  // At the last step of the ladder.
  const due = event('itk.enrolment.due.v1', { system, code: '3', origin: 'onec', revision });
  channel.sendToQueue(workQueue('course-enroller', system), Buffer.from(JSON.stringify(due)), {
    ...{ persistent: true, messageId: due.id, type: due.type, contentType: 'application/cloudevents+json' },
    headers: { 'x-attempt': 5 },
  });
  expect(await taken(words)).toMatchObject({
    type: 'itk.synchronization.failed.v1',
    data: { code: '3', revision, kind: 'temporary', stage: 'course-enroller' },
  });
  expect((await taken(dead)).id).toBe(due.id);
}, 60_000);
