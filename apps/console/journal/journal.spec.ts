import { both, eventTypes, makeEvent, type CloudEvent } from '#contracts';
import { Broker, journalCountHeader, journalExchange, journalQueue, Publisher } from '#messaging';
import {
  ConsoleSetup,
  failedEvent,
  noCourse,
  studentChanged,
  synchronized,
  until,
  userProvisioned,
} from '../testing/console-setup.js';
import { AskAgain } from '../ask/ask-again.js';
import { forgetOld } from './retention.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

const rows = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
  setup.dataSource.query(sql, parameters) as Promise<T[]>;
const journaled = async (): Promise<number> =>
  Number((await rows<{ n: string }>('select count(*) as n from console.journal'))[0]!.n);
const changed = (code: string, revision: number): CloudEvent =>
  makeEvent(eventTypes.StudentChanged, studentChanged(setup.system, code, revision), { service: 'onec-poller' });

async function read(events: readonly CloudEvent[]): Promise<void> {
  await setup.publisher.publishAll(events);
  const before = await journaled();
  setup.during((stop) => setup.journal().run(stop));
  await until('all is journaled', async () => (await journaled()) >= before + new Set(events.map(({ id }) => id)).size);
  await setup.rest();
}

test('a student’s pass is read in order, without names', async () => {
  await read([changed('007', 50), userProvisioned(setup.system, '007', 50), synchronized(setup.system, '007', 50)]);
  const story = await rows<{ type: string; data: unknown; revision: string }>(
    `select type, data, revision from console.journal where system = $1 and subject = '007' order by at`,
    [setup.system],
  );
  expect(story.map(({ type }) => type)).toEqual([
    eventTypes.StudentChanged,
    eventTypes.UserProvisioned,
    eventTypes.StudentSynchronized,
  ]);
  expect(JSON.stringify(story)).not.toContain('Ёлкина');
  expect(story[0]!.data).toMatchObject({ study: { group: 'М3О-101Б-24' }, courses: [{ id: 17 }] });
  expect(story[1]!.data).toEqual({ state: 'active', moodleUserId: 5, accountCreated: true });
  expect(await rows('select evidence, study_group, outcome from console.known')).toMatchObject([
    { evidence: { seen: 50, synchronized: { revision: 50 } }, study_group: 'М3О-101Б-24', outcome: 'synchronized' },
  ]);
});

test('an outcome closes what is open, and only that', async () => {
  const letters = [
    [userProvisioned(setup.system, '1', 50), 'course-enroller'],
    [userProvisioned(setup.system, '2', 50), 'course-enroller'],
    [userProvisioned(setup.system, '3', 50), 'course-enroller'],
    [changed('4', 50), 'user-provisioner'],
    [synchronized(setup.system, '5', 50), 'success-reporter'],
    [userProvisioned(setup.system, '6', 50), 'course-enroller'],
  ] as const;
  for (const [one, service] of letters) await setup.bury(one, noCourse(), { service });
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await setup.failures()).length === letters.length);
  await setup.rest();
  await setup.dataSource.query(`update console.failures set state = 'archived' where code = '6'`);
  const reported = makeEvent(
    eventTypes.StudentReported,
    { system: setup.system, code: '5', revision: 50, told: 'synchronized', validUntil: 1_900_000_000 },
    { service: 'success-reporter' },
  );
  await read([
    synchronized(setup.system, '1', 50),
    failedEvent(setup.system, '2', 51),
    failedEvent(setup.system, '3', 50),
    userProvisioned(setup.system, '4', 50),
    reported,
    synchronized(setup.system, '6', 60),
  ]);
  const failures = await setup.failures();
  expect(Object.fromEntries(failures.map(({ code, state, closedBy }) => [code, [state, closedBy]]))).toEqual({
    1: ['closed', 'synchronized 50'],
    2: ['closed', 'course 51'],
    3: ['open', null],
    4: ['closed', 'provisioned 50'],
    5: ['closed', 'reported 50'],
    6: ['archived', null],
  });
});

test('a newer set of bindings closes the older one', async () => {
  const bindings = (sequence: number): CloudEvent =>
    makeEvent(
      eventTypes.BindingChanged,
      { system: setup.system, curriculum: '321', semester: 1, courses: [5], sequence },
      { service: 'onec-poller' },
    );
  await setup.bury(bindings(5), noCourse());
  setup.during((stop) => setup.drain().run(stop));
  await until('it is stored', async () => (await setup.failures()).length === 1);
  await setup.rest();
  await read([bindings(4)]);
  expect((await setup.failures())[0]!.state).toBe('open');
  await read([bindings(6)]);
  expect((await setup.failures())[0]).toMatchObject({ state: 'closed', closedBy: 'binding 6' });
});

test('a fault that 1C has found itself is a failure without a message', async () => {
  const by1C = makeEvent(
    eventTypes.SynchronizationFailed,
    {
      ...(failedEvent(setup.system, '007', 50).data as object),
      ...{
        stage: 'onec-poller',
        kind: 'student',
        cause: 'found-by-1c',
        reason: both('1С: Group Error: нет', '1C says: Group Error: none'),
      },
      ...{ flaggedBy1C: true, deadLetter: undefined, about: undefined },
    } as never,
    { service: 'onec-poller' },
  );
  await read([by1C]);
  expect(await setup.failures()).toMatchObject([
    {
      id: `${by1C.id}/1c`,
      kind: 'student',
      cause: 'found-by-1c',
      about: 'Group Error',
      state: 'open',
      body: null,
      queue: null,
      code: '007',
    },
  ]);
  expect(await setup.replays.order({ selection: {}, by: 'me' })).toMatchObject({ taken: 0, withoutMessage: 1 });

  const asked: string[] = [];
  const ask = new AskAgain(setup.dataSource, (id) => ({
    system: { id, els: 'LMS' },
    client: {
      run: (work) =>
        work({
          reoffer: (codes) => {
            asked.push(...codes);
            return Promise.resolve([]);
          },
        }),
    },
  }));
  expect(await ask.failures({}, 'me')).toEqual([{ system: setup.system, asked: ['007'], refused: [] }]);
  expect(asked).toEqual(['007']);
  await read([changed('007', 51), synchronized(setup.system, '007', 51)]);
  expect((await setup.failures())[0]).toMatchObject({ state: 'closed', closedBy: 'synchronized 51' });
});

describe('gaps', () => {
  const other = () => new Publisher(new Broker(process.env.ITK_TEST_AMQP_URL!, 'other', setup.topology), 'other');
  const gaps = () =>
    rows<{ missing: string }>(
      'select publisher, first_missing, last_missing, missing from console.gaps order by first_missing',
    );

  test('copies that the full queue has dropped are noticed', async () => {
    const publisher = other();
    await publisher.publishAll([changed('1', 1), changed('2', 1)]);
    setup.during((stop) => setup.journal().run(stop));
    await until('all is read', async () => (await journaled()) === 2);
    await setup.rest();
    expect(await gaps()).toEqual([]);
    for (const together of [2, 3, 2])
      await publisher.publishAll(Array.from({ length: together }, (_, index) => changed(`${index + 10}`, 1)));
    await until('they lie there', async () => (await setup.depth(journalQueue(setup.system))) === 3);
    // What x-overflow: drop-head does to the oldest.
    for (let dropped = 0; dropped < 2; dropped++) await setup.channel.get(journalQueue(setup.system), { noAck: true });
    setup.during((stop) => setup.journal().run(stop));
    await until('the rest is read', async () => (await journaled()) === 4);
    expect(await gaps()).toMatchObject([{ first_missing: '3', last_missing: '7', missing: '5' }]);
    await publisher.close();
  });

  test('a piece that comes late fills its gap', async () => {
    const send = (n: number, one = changed(`${n}`, 1)): Promise<void> =>
      setup.publisher.send({
        exchange: journalExchange,
        key: `${setup.system}.student.changed`,
        body: Buffer.from(JSON.stringify(one)),
        headers: { [journalCountHeader]: `someone/${n}` },
      });
    await send(1);
    await send(4);
    await read([]);
    setup.during((stop) => setup.journal().run(stop));
    await until('the gap is seen', async () => (await gaps()).length === 1);
    await send(2);
    await until('half is filled', async () => (await gaps())[0]?.missing === '1');
    await send(3);
    await until('all is filled', async () => (await gaps()).length === 0);
  });

  test('what is broken in a message takes nothing along, and stays missing', async () => {
    const send = (numbers: string, body: unknown): Promise<void> =>
      setup.publisher.send({
        exchange: journalExchange,
        key: `${setup.system}.journal`,
        body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
        headers: { [journalCountHeader]: `someone/${numbers}` },
      });
    const ofNoTime = { ...changed('5', 1), time: '-271000-01-01T00:00:00Z' };
    await send('1-5', [changed('1', 1), { id: 'x' }, changed('3', 1), null, ofNoTime]);
    await send('6-8', '[{"id": "cut o');
    await send('9-10', [changed('9', 1), changed('10', 1)]);
    setup.during((stop) => setup.journal().run(stop));
    await until('the good ones are read', async () => (await journaled()) === 4);
    await until('none is left', async () => (await setup.depth(journalQueue(setup.system))) === 0);
    await setup.rest();
    expect(await rows('select subject from console.journal order by subject')).toEqual(
      ['1', '10', '3', '9'].map((subject) => ({ subject })),
    );
    expect(await gaps()).toMatchObject([
      { first_missing: '2', last_missing: '2', missing: '1' },
      { first_missing: '4', last_missing: '8', missing: '5' },
    ]);
  });

  test('a reader that dies and begins again sees none', async () => {
    const publisher = other();
    for (let round = 0; round < 3; round++) {
      const stop = setup.during((end) => setup.journal().run(end));
      const before = await journaled();
      await publisher.publishAll(Array.from({ length: 50 }, (_, index) => changed(`${index}`, round + 1)));
      await until('some are read', async () => (await journaled()) > before);
      stop.abort();
    }
    await setup.rest();
    setup.during((stop) => setup.journal().run(stop));
    await until('all are read', async () => (await journaled()) === 150);
    expect(await gaps()).toEqual([]);
    await publisher.close();
  });
});

test('what is old is forgotten; what is open is not', async () => {
  for (const code of ['1', '2', '3']) await setup.bury(userProvisioned(setup.system, code, 50), noCourse());
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await setup.failures()).length === 3);
  await setup.rest();
  await read([changed('1', 50), changed('9', 50)]);
  await setup.dataSource.query(`update console.failures set last_seen = now() - interval '1 year'`);
  await setup.dataSource.query(
    `update console.failures set state = 'closed', closed_at = now() - interval '91 days' where code = '1'`,
  );
  await setup.dataSource.query(
    `update console.failures set state = 'archived', closed_at = now() - interval '89 days' where code = '2'`,
  );
  await setup.dataSource.query(`update console.journal set received = now() - interval '91 days' where subject = '1'`);
  expect(await forgetOld(setup.dataSource, 90)).toEqual({ events: 1, failures: 1 });
  expect((await setup.failures()).map(({ code }) => code).sort()).toEqual(['2', '3']);
  expect(await journaled()).toBe(1);
});
