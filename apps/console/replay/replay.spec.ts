import { parseEvent } from '#contracts';
import { attemptHeader, historyHeader, replayHeader, type Outgoing } from '#messaging';
import { AskAgain } from '../ask/ask-again.js';
import { MissingOperationError } from '#synchronizer';
import { archive, restore } from '../failures/desk/desk.js';
import { ConsoleSetup, noCourse, synchronized, until, userProvisioned } from '../testing/console-setup.js';
import type { Progress } from './replays.js';

const setup = new ConsoleSetup();
beforeAll(() => setup.open());
afterEach(() => setup.clear());
afterAll(() => setup.close());

/** So many students whose enrolment failed, drained; codes 000, 001, ... in this order. */
async function letters(count: number, revision = 50): Promise<string[]> {
  const codes = Array.from({ length: count }, (_, index) => String(index).padStart(5, '0'));
  const from = Date.now() - 1_000_000;
  await Promise.all(
    codes.map((code, index) =>
      setup.bury(userProvisioned(setup.system, code, revision), noCourse(), { at: new Date(from + index) }),
    ),
  );
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await setup.failures()).length === count);
  return codes;
}
const progress = async (id: string): Promise<Progress> => (await setup.replays.list(1, id))[0]!;
const running = (publisher?: Parameters<ConsoleSetup['runner']>[0]) =>
  setup.during((stop) => setup.runner(publisher).run(stop));
const ended = (id: string) => until('the job has ended', async () => (await progress(id)).state !== 'running');
const waiting = () => setup.depth(setup.queue());
const states = async (): Promise<Record<string, number>> =>
  (await setup.failures()).reduce<Record<string, number>>(
    (sum, { state }) => ({ ...sum, [state]: (sum[state] ?? 0) + 1 }),
    {},
  );

test('the same bytes under the same id go to the queue they died in, as for the first time', async () => {
  await letters(3);
  const { id, taken } = await setup.replays.order({ selection: {}, by: 'me' });
  expect(taken).toBe(3);
  running();
  await ended(id);
  const back = await setup.take();
  const failures = await setup.failures();
  expect(back).toHaveLength(3);
  for (const message of back) {
    const row = failures.find((one) => one.message.messageId === message.properties.messageId)!;
    expect(message.content).toEqual(row.body);
    expect(row.id).toBe(`${parseEvent(message.content).id}/${setup.queue()}`);
    const headers = message.properties.headers!;
    expect(headers).toMatchObject({ [attemptHeader]: 0, [replayHeader]: id });
    expect(headers[historyHeader]).toHaveLength(1);
    expect(Object.keys(headers).filter((name) => /death|kind|cause|reason|failed-at/.test(name))).toEqual([]);
  }
  expect(await progress(id)).toMatchObject({ state: 'done', items: { sent: 3 } });
  expect(await states()).toEqual({ replaying: 3 });

  await setup.publisher.publish(synchronized(setup.system, '00000', 50));
  setup.during((stop) => setup.journal().run(stop));
  await until('one is through', async () => (await progress(id)).items.succeeded === 1);
  expect(await states()).toEqual({ replaying: 2, closed: 1 });
});

test('what fails again is a new attempt on the same row', async () => {
  await letters(1);
  const { id } = await setup.replays.order({ selection: {}, by: 'me' });
  running();
  await ended(id);
  const [back] = await setup.take();
  const event = parseEvent(back!.content);
  await setup.bury(event as never, noCourse('24'), { headers: back!.properties.headers as never });
  await until('it is stored again', async () => (await progress(id)).items.failed === 1);
  const failures = await setup.failures();
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({ state: 'open', about: '24' });
  expect(failures[0]!.attempts.map(({ about }) => about)).toEqual(['23', '24']);
  // And it may be replayed once more.
  expect((await setup.replays.order({ selection: {}, by: 'me' })).taken).toBe(1);
});

test('what is overtaken is skipped, and said', async () => {
  await letters(4);
  const known = (code: string, seen: number) =>
    setup.dataSource.query('insert into console.known (system, subject, evidence) values ($1, $2, $3)', [
      setup.system,
      code,
      JSON.stringify({ seen }),
    ]);
  await known('00000', 50);
  await known('00001', 51);
  await setup.dataSource.query(
    `insert into operations.told (system, code, revision, told) values ($1, '00002', 60, 'later')`,
    [setup.system],
  );
  const { id } = await setup.replays.order({ selection: {}, by: 'me' });
  running();
  await ended(id);
  expect(await progress(id)).toMatchObject({ items: { sent: 2, superseded: 2 } });
  expect(
    (await setup.failures())
      .flatMap(({ code, state, closedBy }) => (state === 'superseded' ? [[code, closedBy]] : []))
      .sort(),
  ).toEqual([
    ['00001', 'revision 51'],
    ['00002', 'revision 60'],
  ]);
  expect((await setup.take()).map(({ content }) => parseEvent(content).subject).sort()).toEqual(['00000', '00003']);
});

test('two at once: every letter goes once', async () => {
  await letters(200);
  const orders = await Promise.all(
    Array.from({ length: 4 }, (_, index) =>
      setup.replays.order({ selection: index % 2 === 0 ? {} : { kind: 'course' }, by: `${index}` }),
    ),
  );
  expect(orders.reduce((sum, { taken }) => sum + taken, 0)).toBe(200);
  running();
  for (const { id } of orders) await ended(id);
  const back = await setup.take();
  expect(new Set(back.map(({ properties }) => properties.messageId as string)).size).toBe(200);
  expect(back).toHaveLength(200);
});

test('stopped at once; what was not sent is open again', async () => {
  await letters(300);
  const { id } = await setup.replays.order({ selection: {}, by: 'me', rate: 40, batchSize: 5 });
  running();
  await until('some are sent', async () => (await progress(id)).items.sent >= 20);
  const begun = Date.now();
  const kept = await setup.replays.stop(id, { ru: 'хватит', en: 'enough' });
  // by itself it would go on for 7 s
  expect(Date.now() - begun).toBeLessThan(5_000);
  await until('nothing is in flight', async () => (await progress(id)).items.sending === 0, 10_000);
  const { items, state, remark } = await progress(id);
  expect({ state, remark }).toEqual({ state: 'stopped', remark: { ru: 'хватит', en: 'enough' } });
  expect(items.stopped).toBe(kept);
  expect(items.sent + items.stopped).toBe(300);
  expect(await waiting()).toBe(items.sent);
  expect(await states()).toEqual({ open: items.stopped, replaying: items.sent });
});

test('keeps to the rate', async () => {
  await letters(30);
  const begun = Date.now();
  const { id } = await setup.replays.order({ selection: {}, by: 'me', rate: 20 });
  running();
  await ended(id);
  // 30 at 20 a second, the first at once and what a quarter of a second saves up.
  expect(Date.now() - begun).toBeGreaterThan(1_000);
});

test('the limit takes the oldest', async () => {
  await letters(10);
  expect((await setup.replays.order({ selection: {}, by: 'me', limit: 4 })).taken).toBe(4);
  expect(
    (await setup.failures())
      .filter(({ state }) => state === 'replaying')
      .map(({ code }) => code)
      .sort(),
  ).toEqual(['00000', '00001', '00002', '00003']);
});

describe('one goes first', () => {
  test('and the others follow when it is through', async () => {
    await letters(5);
    const { id } = await setup.replays.order({ selection: {}, by: 'me', tryFirst: true });
    running();
    setup.during((stop) => setup.journal().run(stop));
    await until('one is sent', async () => (await progress(id)).items.sent === 1);
    expect(await waiting()).toBe(1);
    await setup.publisher.publish(synchronized(setup.system, '00000', 50));
    await ended(id);
    expect(await progress(id)).toMatchObject({ state: 'done', items: { sent: 4, succeeded: 1 } });
  });

  test('and none when it fails again', async () => {
    await letters(5);
    const { id } = await setup.replays.order({ selection: {}, by: 'me', tryFirst: true });
    running();
    await until('one is sent', async () => (await progress(id)).items.sent === 1);
    const [back] = await setup.take();
    await setup.bury(parseEvent(back!.content) as never, noCourse(), { headers: back!.properties.headers as never });
    await ended(id);
    const { state, remark, items } = await progress(id);
    expect({ state, items }).toMatchObject({ state: 'stopped', items: { failed: 1, stopped: 4 } });
    expect(remark!.en).toContain('There is no course 23');
    expect(await states()).toEqual({ open: 5 });
  });
});

test('killed in a flight: it goes on, every letter is counted once and none is forgotten', async () => {
  await letters(100);
  const { id } = await setup.replays.order({ selection: {}, by: 'me', batchSize: 10 });
  let sent = 0;
  const kill = {
    send: (message: Outgoing) => (++sent > 35 ? new Promise<never>(() => undefined) : setup.publisher.send(message)),
  };
  // A process that is killed answers nothing more, and notes nothing more.
  void setup.runner(kill).run(new AbortController().signal);
  await until('it is killed in a flight', async () => sent > 35);
  expect(await progress(id)).toMatchObject({ items: { sent: 30, sending: 10, waiting: 60 } });
  running();
  await ended(id);
  expect(await progress(id)).toMatchObject({ state: 'done', items: { sent: 100, waiting: 0, sending: 0 } });
  const back = await setup.take();
  expect(new Set(back.map(({ properties }) => properties.messageId as string)).size).toBe(100);
  expect(back.length - 100).toBeLessThanOrEqual(10);
});

test('a broker that does not take them loses none', async () => {
  await letters(20);
  const { id } = await setup.replays.order({ selection: {}, by: 'me', batchSize: 5 });
  let calls = 0;
  running({
    send: (message) =>
      ++calls % 3 === 0 && calls < 20 ? Promise.reject(new Error('away')) : setup.publisher.send(message),
  });
  await ended(id);
  expect(await progress(id)).toMatchObject({ items: { sent: 20 } });
  expect(await setup.take()).toHaveLength(20);
});

test('archived ones do not come back with a replay of all', async () => {
  await letters(3);
  expect(await archive(setup.dataSource, { code: '00001' }, 'me', 'graduated')).toBe(1);
  expect((await setup.replays.order({ selection: {}, by: 'me' })).taken).toBe(2);
  expect(await restore(setup.dataSource, {}, 'me')).toBe(1);
  const [row] = (await setup.failures()).filter(({ code }) => code === '00001');
  expect(row).toMatchObject({
    state: 'open',
    closedAt: null,
    notes: [{ by: 'me', text: 'graduated' }, { text: 'restored' }],
  });
});

test('a foreign 1C that cannot be asked again: which rows a person deletes there', async () => {
  await letters(250);
  const ask = new AskAgain(setup.dataSource, (id) => ({
    system: { id, els: 'Moodle 1' },
    client: { run: (work) => work({ reoffer: () => Promise.reject(new MissingOperationError('Reoffer')) }) },
  }));
  const [answer] = await ask.failures({ kind: 'course' }, 'me');
  expect(answer).toMatchObject({ asked: [], byHand: { register: 'Synchronization', els: 'Moodle 1' } });
  expect(answer!.byHand!.codes).toHaveLength(250);
  expect((await setup.failures()).every(({ askedAt }) => askedAt === null)).toBe(true);
});

test('asked in pieces; whom 1C does not know stays unasked', async () => {
  await letters(250);
  const pieces: number[] = [];
  const ask = new AskAgain(setup.dataSource, (id) => ({
    system: { id, els: 'Moodle 1' },
    client: {
      run: (work) =>
        work({
          reoffer: (codes) => {
            pieces.push(codes.length);
            return Promise.resolve(codes.includes('00007') ? [{ pair: '00007', reason: 'no such student' }] : []);
          },
        }),
    },
  }));
  const [answer] = await ask.failures({}, 'me');
  expect(pieces).toEqual([200, 50]);
  expect(answer!.asked).toHaveLength(249);
  expect((await setup.failures()).filter(({ askedAt }) => askedAt === null).map(({ code }) => code)).toEqual(['00007']);
});
