import { consumerNames } from '#contracts';
import { eventually } from '#persistence/testing';
import { HttpSetup } from '../testing/http-setup.js';
import { QueueHistory } from './history/history.js';
import { minuteOf, type Sample } from './history/roll-up.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());

const sample = (system: string): Sample => ({
  ...{ system, service: 'onec-poller', time: minuteOf(new Date()), minutes: 1 },
  ...{ ready: 3, inHand: 0, retry: 0, dead: 0, done: 60, retried: 1, died: 0 },
});

test('queues of the systems that one may see, where the numbers come from, and a day of each', async () => {
  await new QueueHistory(setup.dataSource).add([sample('lms'), sample('lms2')], new Date());
  const viewer = await setup.as('viewer', ['lms']);
  const body = await eventually(async () => {
    const { status, body } = await viewer.get('/api/queues');
    expect([status, body.source, body.whyNot, body.heldBack]).toEqual([200, 'amqp', null, null]);
    return body;
  }, 30_000);
  expect(body.services.map((each: { system: string; service: string }) => [each.system, each.service])).toEqual(
    consumerNames.map((service) => ['lms', service]),
  );
  const poller = body.services.find((each: { service: string }) => each.service === 'onec-poller');
  expect(poller.perMinute).toEqual({ done: 60, retried: 1, dead: 0 });
  expect(body.underWay).toEqual([{ system: 'lms', students: 0, oldest: null }]);
  expect((await viewer.get('/api/systems/lms/queues/onec-poller/history')).body.samples).toMatchObject([
    { minutes: 1, ready: 3, done: 60 },
  ]);
  expect((await viewer.get('/api/systems/lms/queues/nobody/history')).status).toBe(400);
  expect((await viewer.get('/api/systems/lms2/queues/onec-poller/history')).status).toBe(403);
});
