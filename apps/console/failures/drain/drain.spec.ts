import { both, eventTypes, nothingDone, parseEvent, type CloudEvent } from '#contracts';
import { deadQueue } from '#messaging';
import { schemaDrift } from '#persistence/testing';
import { deadLetterReader, deadQueuesOf } from '../../duty.js';
import { BatchReader } from '../../intake/batch-reader.js';
import { ConsoleSetup, event, noCourse, synchronized, until, userProvisioned } from '../../testing/console-setup.js';
import { Drain } from './drain.js';
import { readLetter } from '../letter/letter.js';
import { groupFailures, listFailures } from '../desk/overview.js';
import { tellOn } from './tell-on.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

const count = async (): Promise<number> => (await setup.failures()).length;
const drained = async (queue = setup.queue()): Promise<void> => {
  setup.during((stop) => setup.drain().run(stop));
  await until('the queue is empty', async () => (await setup.depth(deadQueue(queue))) === 0);
};

test('the migrated schema is what the entities say', async () => {
  expect(await schemaDrift(setup.dataSource)).toEqual([]);
});

test('one missing course and its 300 students are one row', async () => {
  const events = Array.from({ length: 300 }, (_, index) => userProvisioned(setup.system, `${1000 + index}`, 50));
  await Promise.all(events.map((one) => setup.bury(one, noCourse())));
  await setup.bury(userProvisioned(setup.system, '5', 50), noCourse('24'));
  await setup.bury(userProvisioned(setup.system, '5', 50), noCourse(), { service: 'user-provisioner' });
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await count()) === 302);

  const [largest, ...others] = await groupFailures(setup.dataSource, {});
  expect(others).toHaveLength(2);
  expect(largest).toMatchObject({
    ...{ system: setup.system, service: 'course-enroller', kind: 'course', cause: 'course-missing', about: '23' },
    ...{ failures: 300, students: 300, replaying: 0, reason: noCourse().reason },
  });
  expect(
    (await listFailures(setup.dataSource, { group: largest!.group }, 1_000)).map(({ code }) => code).sort(),
  ).toEqual(Array.from({ length: 300 }, (_, index) => `${1000 + index}`));
  expect(await listFailures(setup.dataSource, { group: largest!.group, text: 'нет КУРСА 23' }, 10)).toHaveLength(10);
});

test('keeps the bytes, the headers and every attempt; a second death is the same row', async () => {
  const one = userProvisioned(setup.system, '007', 50);
  await setup.bury(one, noCourse(), { at: new Date(1_000_000) });
  await drained();
  await setup.bury(one, noCourse('24'), {
    at: new Date(2_000_000),
    headers: {
      'x-itk-history': [
        { at: new Date(1_000_000).toISOString(), kind: 'course', cause: 'course-missing', about: '23' },
      ],
    },
  });
  await until('the second is stored', async () => (await setup.failures())[0]?.deaths.length === 2);
  const [row, ...none] = await setup.failures();
  expect(none).toEqual([]);
  expect(row).toMatchObject({
    id: `${one.id}/${setup.queue()}`,
    about: '24',
    state: 'open',
    firstSeen: new Date(1_000_000),
    lastSeen: new Date(2_000_000),
    message: { messageId: one.id, type: one.type },
  });
  expect(row!.attempts.map(({ about }) => about)).toEqual(['23', '24']);
  expect(JSON.parse(row!.body!.toString())).toEqual(JSON.parse(JSON.stringify(one)));
});

test('killed between commit and acknowledgement: delivered again, stored once', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, index) => setup.bury(userProvisioned(setup.system, `${index}`, 50), noCourse())),
  );
  const places = deadQueuesOf([setup.system]);
  const drain = new Drain(setup.dataSource);
  let kills = 3;
  const stored: number[] = [];
  const reader = new BatchReader({
    name: 'killed',
    broker: setup.broker,
    topology: setup.topology,
    queues: [...places.keys()],
    prefetch: 500,
    size: 15,
    waitMs: 20,
    work: async (batch) => {
      stored.push(await drain.store(batch.map(({ message, queue }) => readLetter(message, places.get(queue)!, 1))));
      if (kills-- > 0) throw new Error('killed');
    },
  });
  setup.during((stop) => reader.run(stop));
  await until('the queue is empty', async () => kills < 0 && (await setup.depth(deadQueue(setup.queue()))) === 0);
  await until('all are stored', async () => (await count()) === 40);
  expect(stored.reduce((sum, each) => sum + each, 0)).toBe(40);
  expect((await setup.failures()).every(({ deaths, attempts }) => deaths.length === 1 && attempts.length === 1)).toBe(
    true,
  );
});

test('two consoles at once store every letter once', async () => {
  const both = [setup.drain(), deadLetterReader(setup.dataSource, setup.broker, [setup.system])];
  for (const reader of both) setup.during((stop) => reader.run(stop));
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => setup.bury(userProvisioned(setup.system, `${index}`, 50), noCourse())),
  );
  await until('all are stored', async () => (await count()) === 200);
  expect((await setup.failures()).every(({ deaths }) => deaths.length === 1)).toBe(true);
});

test('a letter that PostgreSQL does not take holds nobody up, and its bytes are kept', async () => {
  const bytes = Buffer.from([0, 1, 2, 0xff, 0xfe]);
  for (const headers of [
    { 'x-itk-kind': 'course', 'x-itk-cause': 'a\u0000b', 'x-itk-history': ['\ud800', { at: 'x' }] },
    {},
  ])
    await setup.publisher.send({ exchange: '', key: deadQueue(setup.queue()), body: bytes, headers });
  await setup.bury(userProvisioned(setup.system, '1', 50), noCourse());
  await drained();
  await until('all are stored', async () => (await count()) === 3);
  const strange = (await setup.failures()).find(({ code }) => code === null)!;
  expect(strange.body).toEqual(bytes);
  expect(strange.state).toBe('open');

  // Longer than an index takes: the words go, the bytes stay.
  const drain = new Drain(setup.dataSource);
  const time = new Date(5);
  const letter = {
    ...{
      id: 'long/q',
      queue: 'q',
      system: setup.system,
      service: 's',
      message: {},
      body: bytes,
      headers: {},
      time: 5,
      death: 'd',
    },
    ...{ kind: 'course' as const, cause: 'c', about: '', reason: both('x', 'x'), attempts: [], tellOn: false },
    subject: Array.from({ length: 200_000 }, () => Math.random().toString(36)).join(''),
  };
  expect(await drain.store([{ ...letter, id: 'good/q', subject: '1' }, letter])).toBe(2);
  expect(await setup.failures()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: 'good/q', cause: 'c' }),
      expect.objectContaining({ id: 'long/q', cause: 'unstorable', body: bytes, lastSeen: time }),
    ]),
  );
});

describe('what kills its process, or cannot be read', () => {
  const crash = async (one: CloudEvent, service = 'course-enroller'): Promise<void> => {
    await setup.publisher.send({
      exchange: '',
      key: deadQueue(setup.queue(service)),
      body: Buffer.from(JSON.stringify(one)),
      messageId: one.id,
      headers: {
        'x-death': [{ reason: 'delivery_limit', time: { '!': 'timestamp', value: 1_700_000_000 } }] as never,
      },
    });
  };
  const told = async (): Promise<CloudEvent[]> =>
    (await setup.take('success-reporter')).map(({ content }) => parseEvent(content));

  test('is told on once it is stored, and once only', async () => {
    await crash(userProvisioned(setup.system, '007', 50));
    await crash(event(eventTypes.EnrolmentDue, { system: setup.system, code: '008' }));
    await crash(event(eventTypes.EnrolmentDue, { system: setup.system, code: '009' }));
    await setup.dataSource.query(
      `insert into console.known (system, subject, evidence) values ($1, '008', '{"seen": 88}')`,
      [setup.system],
    );
    await drained();
    await until('all are stored', async () => (await count()) === 3);
    expect(await tellOn(setup.dataSource, setup.publisher)).toBe(2);
    expect(await tellOn(setup.dataSource, setup.publisher)).toBe(0);
    const events = await told();
    expect(
      events
        .map(({ data }) => data)
        .sort((a, b) => ((a as { code: string }).code < (b as { code: string }).code ? -1 : 1)),
    ).toMatchObject([
      { code: '007', revision: 50, kind: 'crash', stage: 'course-enroller', flaggedBy1C: false, counts: nothingDone },
      // The study's newest revision, since the message names none.
      { code: '008', revision: 88 },
    ]);
    expect((await setup.failures()).map(({ toldOn }) => toldOn).sort()).toEqual(['no', 'told', 'told']);
  });

  test('a console that ends between telling and noting says the same event again', async () => {
    await crash(userProvisioned(setup.system, '007', 50));
    await drained();
    await until('it is stored', async () => (await count()) === 1);
    const dying = {
      publishAll: async (events: readonly CloudEvent[]) => {
        await setup.publisher.publishAll(events);
        throw new Error('killed');
      },
    };
    await expect(tellOn(setup.dataSource, dying)).rejects.toThrow('killed');
    await tellOn(setup.dataSource, setup.publisher);
    const events = await told();
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });
});

test('a letter whose outcome is known already is closed at once', async () => {
  const one = userProvisioned(setup.system, '007', 50);
  await setup.publisher.publish(synchronized(setup.system, '007', 51));
  setup.during((stop) => setup.journal().run(stop));
  await until('the journal is read', async () => {
    const known = (await setup.dataSource.query('select 1 from console.known')) as unknown[];
    return known.length === 1;
  });
  await setup.bury(one, noCourse());
  await drained();
  await until('it is stored', async () => (await count()) === 1);
  expect((await setup.failures())[0]).toMatchObject({ state: 'closed', closedBy: 'synchronized 51' });
  expect(await listFailures(setup.dataSource, { states: ['open'] }, 10)).toEqual([]);
});
