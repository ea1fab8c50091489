import { both, eventTypes } from '#contracts';
import { Broker, topologyOf } from '#messaging';
import { PauseBook, TroubleBook } from '#persistence';
import { eventually } from '#persistence/testing';
import { synchronized, failedEvent } from '../testing/console-setup.js';
import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { failure, journal, sow } from '../testing/seeds.js';

const systems = [`o${Date.now().toString(36)}`, `p${Date.now().toString(36)}`];
const [one, other] = systems as [string, string];
const setup = new HttpSetup();
const topology = topologyOf([one]);
const broker = new Broker(process.env.ITK_TEST_AMQP_URL!, 'overview spec', topology);
let viewer: Browser;
beforeAll(async () => {
  await setup.open({ systems });
  viewer = await setup.as('viewer');
  await broker.open();
  await (await broker.channel()).close();
}, 60_000);
afterAll(async () => {
  const channel = await broker.channel();
  for (const { name } of topology) await channel.deleteQueue(name);
  await broker.close();
  await setup.close();
});

test('is it well, and what waits for a person', async () => {
  await sow(setup.dataSource, failure({ system: one, code: '1' }), failure({ system: other, code: '2', about: '24' }));
  await journal(setup.dataSource, one, synchronized(one, '5', 10), failedEvent(one, '1', 11));
  const pause = { system: one, service: 'course-enroller', kind: 'person' as const, reason: both('а', 'b'), by: 'x' };
  await setup.app.get(PauseBook).put(pause);
  await new TroubleBook(setup.dataSource).found({ service: 'onec-component', system: '', check: 'mirror-age' }, [
    { about: '', what: both('старо', 'old'), mend: both('чинить', 'mend') },
  ]);
  const { body } = await viewer.get('/api/overview');
  expect(body).toMatchObject({
    onDuty: false,
    systems: [
      {
        ...{ system: one, els: one.toUpperCase(), replaying: 0, missing: 0, open: { course: 1 }, perMinute: 0.4 },
        students: { known: 2, synchronized: 1, failed: 1 },
        pauses: [{ kind: 'person', service: 'course-enroller' }],
      },
      { system: other, open: { course: 1 }, pauses: [], students: { known: 0 } },
    ],
    waiting: [{ failures: 1 }, { failures: 1 }],
    ...{ waitingGroups: 2, troubleCount: 1, replaysRunning: 0 },
  });
  const { synchronized: done, failed } = body.systems[0].byHour;
  expect([done.length, done.at(-1), failed.at(-1)]).toEqual([24, 1, 1]);
});

test('who has done something sees it at once, however short ago the overview was read', async () => {
  const operator = await setup.as('operator');
  const pausedBy = async () =>
    (await operator.get('/api/overview')).body.systems[1].pauses.map(({ by }: { by: string }) => by);
  expect(await pausedBy()).toEqual([]);
  await operator.post(`/api/systems/${other}/pause`, { services: ['onec-poller'], reason: 'x' });
  expect(await pausedBy()).toEqual([operator.login]);
  await operator.post(`/api/systems/${other}/resume`);
  expect(await pausedBy()).toEqual([]);
});

test('a system of which nothing has come for longer than it should says so', async () => {
  await setup.dataSource.query(
    `insert into console.journal (event_id, type, system, subject, source, at, received, data)
     values ('old', $2, $1, '9', 'onec-poller', now() - interval '8 days', now() - interval '8 days', '{}')`,
    [one, eventTypes.StudentChanged],
  );
  const { body } = await viewer.get(`/api/systems/${one}`);
  // Eight days hold five or six business days of nine hours, whatever day it is.
  expect(body.status.silentHours).toBeGreaterThanOrEqual(44);
  expect(Date.now() - Date.parse(body.status.lastCame)).toBeGreaterThan(8 * 86_400_000 - 60_000);
  expect((await viewer.get(`/api/systems/${other}`)).body.status).toMatchObject({ lastCame: null, silentHours: null });
});

test('whoever is limited sees their systems only', async () => {
  const limited = await setup.as('viewer', [other]);
  const { body } = await limited.get('/api/overview');
  expect(body.systems.map(({ system }: { system: string }) => system)).toEqual([other]);
  expect(body.waiting.map(({ system }: { system: string }) => system)).toEqual([other]);
  expect((await limited.get('/api/systems')).body.systems).toMatchObject([
    { system: other, moodle: expect.stringMatching(/^http/) },
  ]);
});

test('a curriculum developer knows the systems by their names and no more', async () => {
  const developer = await setup.as('ELSCurriculumDeveloper');
  expect((await developer.get('/api/systems')).body.systems).toHaveLength(2);
  expect((await developer.get('/api/overview')).status).toBe(403);
});

test('queues: what waits, who reads, and what is not there', async () => {
  const body = await eventually(async () => {
    const answer = (await viewer.get('/api/queues')).body;
    expect(answer).toMatchObject({ source: 'amqp', readAt: expect.any(String) });
    return answer;
  }, 30_000);
  const called = (queue: string) => body.queues.find((each: { queue: string }) => each.queue === queue);
  expect(called(`course-enroller.${one}`)).toEqual({
    ...{
      queue: `course-enroller.${one}`,
      system: one,
      service: 'course-enroller',
      role: 'work',
      ready: 0,
      consumers: 0,
    },
  });
  expect(called(`course-enroller.${other}`)).not.toHaveProperty('ready');
  expect(body).toMatchObject({ source: 'amqp', heldBack: null });
});

test('a broker that is away is named, and soon', async () => {
  const away = new HttpSetup();
  const url = process.env.ITK_TEST_AMQP_URL;
  process.env.ITK_TEST_AMQP_URL = 'amqp://127.0.0.1:1';
  try {
    await away.open();
  } finally {
    process.env.ITK_TEST_AMQP_URL = url;
  }
  const browser = await away.as('viewer');
  const begun = Date.now();
  const first = await browser.get('/api/queues');
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect(first).toMatchObject({ status: 200, body: { source: null, readAt: null, askedSince: expect.any(String) } });
  expect(first.body.services[0]).toMatchObject({ ready: null, missing: [] });
  await eventually(async () => {
    expect((await browser.get('/api/queues')).body.trouble).toEqual({
      ru: 'RabbitMQ не отвечает',
      en: 'RabbitMQ does not answer',
    });
  }, 15_000);
  await away.close();
}, 30_000);
