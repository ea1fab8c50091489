import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { both, eventTypes } from '#contracts';
import { deadQueue } from '#messaging';
import { ConsumerBook, PauseBook, type ConsumerSays } from '#persistence';
import { ConsoleSetup, event, studentChanged, until } from '../testing/console-setup.js';
import { lookAtQueues } from './depths/look.js';
import { consumersOf } from './hands.js';
import { QueueHistory } from './history/history.js';
import { minute, type Sample } from './history/roll-up.js';
import { QueueSampler } from './history/sampler.js';
import { servicesOf } from './services.js';
import { Windows } from './under-way.js';

const setup = new ConsoleSetup();
const folder = mkdtempSync(join(tmpdir(), 'itk-queues-'));
beforeAll(() => setup.open(), 60_000);
afterAll(async () => {
  await setup.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => setup.clear());

const url = process.env.ITK_TEST_AMQP_URL!;
const byAmqp = () => lookAtQueues({ url }, [setup.system], (work) => work(setup.broker));
const says = (more: Partial<ConsumerSays> = {}): ConsumerSays => ({
  ...{ system: setup.system, state: 'consuming', inHand: { number: 0 }, settled: {}, ...more },
});

it('what waits, what is taken, who reads and what holds a service up come together', async () => {
  await setup.publisher.publishAll(
    ['1', '2', '3'].map((code) => event(eventTypes.StudentChanged, studentChanged(setup.system, code, 1))),
  );
  await setup.channel.sendToQueue(deadQueue(setup.queue()), Buffer.from('x'));
  await setup.channel.waitForConfirms();
  const oldest = Date.parse('2026-11-20T08:00:00Z');
  const leader = new ConsumerBook(setup.dataSource, 'user-provisioner');
  await leader.say([says({ inHand: { number: 20, oldest } })]);
  await new ConsumerBook(setup.dataSource, 'user-provisioner').say([says({ state: 'standby' })]);
  const pauses = await new PauseBook(setup.dataSource).open();
  const why = both('Маша просила', 'Masha asked');
  await pauses.put({ system: setup.system, service: 'error-flagger', kind: 'person', reason: why, by: 'masha' });
  await until('the broker has counted', async () => (await setup.depth(setup.queue('user-provisioner'))) === 3);

  const { source, depths } = await byAmqp();
  const consumers = await consumersOf(setup.dataSource, [setup.system]);
  const around = { consumers, samples: [], pauses: pauses.list(), now: Date.now() };
  const services = servicesOf([setup.system], depths, around);
  await pauses.close();
  expect(source).toBe('amqp');
  const of = (service: string) => services.find((each) => each.service === service)!;
  expect(of('user-provisioner')).toMatchObject({
    ...{ ready: 3, unacknowledged: null, consumers: 0, retry: 0, dead: 0, missing: [], perMinute: null },
    ...{ inHand: 20, oldest: new Date(oldest), processes: [{ silent: false }, { silent: false }] },
  });
  expect(of('course-enroller')).toMatchObject({ ready: 0, dead: 1, inHand: 0, oldest: null, processes: [] });
  expect(of('error-flagger').pauses).toMatchObject([{ kind: 'person', reason: why, by: 'masha' }]);
  const later = servicesOf([setup.system], depths, { ...around, now: Date.now() + 2 * minute });
  expect(later.find(({ service }) => service === 'user-provisioner')).toMatchObject({
    ...{ inHand: 0, oldest: null, processes: [{ silent: true }, { silent: true }] },
  });
});

it('RabbitMQ’s own management API tells the same', async () => {
  const { username, password, origin } = new URL(process.env.ITK_TEST_RABBIT_API!);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password || 'guest');
  const management = { url: origin, user: username || 'guest', passwordFile };
  const looked = await lookAtQueues({ url, management }, [setup.system], () => Promise.reject(new Error('by AMQP')));
  expect(looked.source).toBe('management');
  expect(looked.depths).toHaveLength(setup.topology.length);
  expect(looked.depths.filter(({ ready }) => ready === undefined)).toEqual([]);
});

it('each minute is a sample with what was settled in it; the first one knows nothing of that', async () => {
  const sampler = new QueueSampler(setup.dataSource, setup.broker, { url }, [setup.system]);
  const book = new ConsumerBook(setup.dataSource, 'course-enroller');
  const noon = new Date('2026-11-20T12:00:10Z');
  await book.say([says({ settled: { done: 100, dead: 1 }, inHand: { number: 4 } })]);
  await sampler.sample(undefined, noon);
  await book.say([says({ settled: { done: 150, superseded: 10, dead: 2, retry: 3 } })]);
  await sampler.sample(undefined, new Date(noon.getTime() + minute));
  const samples = await new QueueHistory(setup.dataSource).of(setup.system, 'course-enroller');
  expect(samples).toMatchObject([
    { time: new Date('2026-11-20T12:00:00Z'), minutes: 1, ready: 0, done: null, died: null },
    { time: new Date('2026-11-20T12:01:00Z'), minutes: 1, ready: 0, done: 60, retried: 3, died: 1 },
  ]);
});

it('a day stays small: an hour of minutes, tens before, nothing older; two looks in a minute are one', async () => {
  await setup.dataSource.query('truncate console.queue_samples');
  const history = new QueueHistory(setup.dataSource);
  const begin = Date.parse('2026-11-20T00:00:00Z');
  const sample = (n: number): Sample => ({
    ...{ system: setup.system, service: 'onec-poller', time: new Date(begin + n * minute), minutes: 1 },
    ...{ ready: n, inHand: 0, retry: 0, dead: 0, done: 1, retried: 0, died: 0 },
  });
  const minutes = 26 * 60;
  for (let n = 0; n < minutes; n += 5) {
    const five = [0, 1, 2, 3, 4].map((more) => sample(n + more));
    await history.add(five, five[4]!.time);
  }
  await history.add([{ ...sample(minutes - 1), ready: 0 }], sample(minutes - 1).time);
  const all = await history.of(setup.system, 'onec-poller');
  expect(all.length).toBeLessThanOrEqual(69 + 139);
  expect(all[0]!.time.getTime()).toBeGreaterThanOrEqual(begin + (minutes - 1) * minute - 24 * 60 * minute);
  expect(all.filter(({ minutes }) => minutes === 10).every(({ done }) => done === 10)).toBe(true);
  expect(all.at(-1)).toMatchObject({ minutes: 1, ready: minutes - 1 });
  expect(await history.newest([setup.system], sample(minutes - 3).time)).toMatchObject([{ ready: minutes - 1 }]);
});

it('who is under way is known from the journal: offered, and not yet reported', async () => {
  const windows = new Windows(setup.dataSource);
  const journal = (code: string, type: string, revision: number, ago: string) =>
    setup.dataSource.query(
      `insert into console.journal (event_id, type, system, subject, revision, source, at, received, data)
       values (gen_random_uuid(), $1, $2, $3, $4, 'test', now(), now() - $5::interval, '{"origin": "onec"}')`,
      [type, setup.system, code, revision, ago],
    );
  const of = async () => (await windows.of([setup.system]))[0]!;
  expect(await of()).toMatchObject({ students: 0, oldest: null });
  await journal('1', eventTypes.StudentChanged, 5, '50 seconds');
  await journal('2', eventTypes.StudentChanged, 5, '40 seconds');
  await journal('0', eventTypes.StudentChanged, 5, '7 hours');
  const before = await of();
  expect(before.students).toBe(2);
  expect(Date.now() - before.oldest!.getTime()).toBeGreaterThan(49_000);
  await journal('1', eventTypes.StudentReported, 4, '30 seconds');
  expect((await of()).students).toBe(2);
  await journal('1', eventTypes.StudentReported, 5, '20 seconds');
  const after = await of();
  expect(after.students).toBe(1);
  expect(after.oldest!.getTime()).toBeGreaterThan(before.oldest!.getTime());
});
