import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadQueue, ladder, retryQueue, workQueue, type Broker } from '#messaging';
import { virtualHostOf } from './by-management.js';
import { lookAtQueues } from './look.js';

const folder = mkdtempSync(join(tmpdir(), 'itk-management-'));
const passwordFile = join(folder, 'password');
let server: Server;
let url: string;
let answer: { status: number; body: string };
const asked: IncomingMessage[] = [];
beforeAll(async () => {
  writeFileSync(passwordFile, 'geheim\n');
  server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const work = workQueue('course-enroller', 'lms');
const managed = (more: object = {}) => ({
  url: 'amqp://mq/itk%2Ftest',
  management: { url, user: 'watch', passwordFile, ...more },
});
/** Answers by AMQP as a broker with empty queues would. */
const emptyBroker = <T>(work: (broker: Broker) => Promise<T>): Promise<T> =>
  work({
    channel: () =>
      Promise.resolve({
        checkQueue: () => Promise.resolve({ messageCount: 0, consumerCount: 1 }),
        close: () => Promise.resolve(),
      }),
  } as unknown as Broker);
const nobody = () => Promise.reject(new Error('the broker was asked'));

it('one call tells of every queue; those of others are left out, and those that are missing have no number', async () => {
  answer = {
    status: 200,
    body: JSON.stringify([
      { name: work, messages_ready: 7, messages_unacknowledged: 40, consumers: 2 },
      { name: retryQueue(work, '1m'), messages_ready: 3, messages_unacknowledged: 0, consumers: 0 },
      { name: deadQueue(work) },
      { name: 'somebody-elses', messages_ready: 9, messages_unacknowledged: 0, consumers: 0 },
    ]),
  };
  const { source, whyNot, depths } = await lookAtQueues(managed(), ['lms'], nobody);
  expect([source, whyNot]).toEqual(['management', undefined]);
  const of = (queue: string) => depths.find((depth) => depth.queue === queue);
  expect(of(work)).toMatchObject({ ready: 7, unacknowledged: 40, consumers: 2, role: 'work', system: 'lms' });
  expect(of(retryQueue(work, '1m'))).toMatchObject({ ready: 3 });
  expect(of(deadQueue(work))).toMatchObject({ ready: 0, unacknowledged: 0, consumers: 0 });
  expect(of(retryQueue(work, ladder[0].name))?.ready).toBeUndefined();
  expect(depths.some(({ queue }) => queue === 'somebody-elses')).toBe(false);
  expect(asked.at(-1)).toMatchObject({
    url: '/api/queues/itk%2Ftest?columns=name,messages_ready,messages_unacknowledged,consumers',
    headers: { authorization: `Basic ${Buffer.from('watch:geheim').toString('base64')}` },
  });
});

it.each([
  ['refuses', () => (answer = { status: 401, body: '{"error":"not_authorised"}' }), managed, /answered HTTP 401/],
  ['is something else', () => (answer = { status: 200, body: '<html>' }), managed, /no answer of RabbitMQ/],
  ['is away', () => undefined, () => managed({ url: 'http://127.0.0.1:1' }), /does not answer \(ECONNREFUSED\)/],
  ['has no password', () => undefined, () => managed({ passwordFile: '/no/such' }), /no such file/],
])('when the API %s, the broker itself is asked, and why is said', async (_what, prepare, configured, why) => {
  prepare();
  const { source, whyNot, depths } = await lookAtQueues(configured(), ['lms'], emptyBroker);
  expect(source).toBe('amqp');
  expect(whyNot?.en).toMatch(why);
  expect(JSON.stringify(whyNot)).not.toContain('geheim');
  expect(depths.every(({ ready, unacknowledged }) => ready === 0 && unacknowledged === undefined)).toBe(true);
});

it('the virtual host is that of the broker’s address', () => {
  expect(['amqp://mq', 'amqp://mq/', 'amqp://u:p@mq:5672/itk', 'amqp://mq/a%2Fb'].map(virtualHostOf)).toEqual([
    ...['/', '/', 'itk', 'a/b'],
  ]);
});
