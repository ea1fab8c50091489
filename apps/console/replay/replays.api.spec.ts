import { HttpSetup, type Browser } from '../testing/http-setup.js';
import { failure, sow } from '../testing/seeds.js';

const setup = new HttpSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close());
let operator: Browser & { login: string };
beforeAll(async () => {
  operator = await setup.as('operator');
}, 30_000);
beforeEach(() =>
  setup.dataSource.query('truncate console.failures, console.replays, console.replay_items, console.audit'),
);

test('a replay is ordered, seen by itself and message by message, and stopped', async () => {
  const [one] = await sow(
    setup.dataSource,
    failure({ code: '1' }),
    failure({ code: '2' }),
    failure({ code: '3', about: '24' }),
    failure({ code: '4', body: null, queue: null }),
  );
  const ordered = await operator.post('/api/replays', {
    selection: { group: one!.fingerprint },
    ...{ batchSize: 2, rate: 5, tryFirst: true, reason: 'курс создан' },
  });
  expect(ordered).toMatchObject({ status: 201, body: { taken: 2, underWay: 0, withoutMessage: 1, onDuty: false } });
  const { replay } = ordered.body;
  expect(replay).toMatchObject({
    ...{ by: operator.login, state: 'running', batchSize: 2, rate: 5, tryFirst: true },
    ...{ what: { group: one!.fingerprint }, items: { waiting: 2, sent: 0 } },
  });
  const again = await operator.post('/api/replays', { selection: { all: true } });
  expect(again.body).toMatchObject({ taken: 1, underWay: 2 });
  expect((await operator.get(`/api/replays/${replay.id}`)).body).toEqual(replay);
  const { items } = (await operator.get(`/api/replays/${replay.id}/items?limit=1`)).body;
  expect(items).toMatchObject([{ position: 1, state: 'waiting', code: '1', reason: { ru: 'В Moodle нет курса 23' } }]);
  expect((await operator.get(`/api/replays/${replay.id}/items?after=1`)).body.items).toMatchObject([{ code: '2' }]);
  expect((await operator.get(`/api/replays/${replay.id}/items?states=failed`)).body.items).toEqual([]);
  const stopped = await operator.post(`/api/replays/${replay.id}/stop`, { reason: 'рано' });
  expect(stopped.body).toMatchObject({
    state: 'stopped',
    items: { waiting: 0, stopped: 2 },
    remark: { ru: expect.stringContaining('рано') },
  });
  expect((await operator.get('/api/replays')).body.replays.map(({ state }: { state: string }) => state)).toEqual([
    'running',
    'stopped',
  ]);
  expect(await setup.dataSource.query('select action, number, outcome from console.audit order by id')).toEqual([
    { action: 'replay.start', number: '2', outcome: 'done' },
    { action: 'replay.start', number: '1', outcome: 'done' },
    { action: 'replay.stop', number: '2', outcome: 'done' },
  ]);
});

test('replays of other systems are neither seen nor stopped', async () => {
  await sow(setup.dataSource, failure({ system: 'lms' }), failure({ system: 'lms2' }));
  const { replay: both } = (await operator.post('/api/replays', { selection: { all: true } })).body;
  await sow(setup.dataSource, failure({ system: 'lms2', code: '7' }));
  const { replay: other } = (await operator.post('/api/replays', { selection: { system: 'lms2' } })).body;
  const limited = await setup.as('operator', ['lms']);
  expect((await limited.get('/api/replays')).body.replays.map(({ id }: { id: string }) => id)).toEqual([both.id]);
  expect((await limited.get(`/api/replays/${other.id}`)).status).toBe(404);
  expect((await limited.get(`/api/replays/${both.id}/items`)).body.items).toHaveLength(1);
  expect((await limited.post(`/api/replays/${both.id}/stop`)).status).toBe(403);
});

test('the list goes on before a moment', async () => {
  for (let n = 0; n < 3; n++) {
    await sow(setup.dataSource, failure({ code: String(n) }));
    await operator.post('/api/replays', { selection: { code: String(n) } });
  }
  const first = (await operator.get('/api/replays?limit=2')).body.replays;
  const rest = (await operator.get(`/api/replays?before=${first[1].createdAt}`)).body.replays;
  expect([first.length, rest.length]).toEqual([2, 1]);
});
