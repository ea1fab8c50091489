import { appendFileSync } from 'node:fs';
import { eventTypes, makeEvent } from '#contracts';
import { Broker, deadQueue, journalQueue, Publisher } from '#messaging';
import { groupFailures } from './failures/desk/overview.js';
import {
  ConsoleSetup,
  noCourse,
  studentChanged,
  synchronized,
  until,
  userProvisioned,
} from './testing/console-setup.js';

const letters = 10_000;
const setup = new ConsoleSetup();
beforeAll(() => setup.open(), 60_000);
afterAll(() => setup.close(), 60_000);

const say = (text: string): void => {
  process.stderr.write(`console: ${text}\n`);
  if (process.env.ITK_PROOF_REPORT) appendFileSync(process.env.ITK_PROOF_REPORT, `console: ${text}\n`);
};
const count = async (sql: string): Promise<number> =>
  Number(((await setup.dataSource.query(`select count(*) as n from ${sql}`)) as { n: string }[])[0]!.n);
const inPieces = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  for (let from = 0; from < all.length; from += 1_000) await Promise.all(all.slice(from, from + 1_000).map(work));
};

test(`${letters} dead letters are drained within 30 s, replayed, and closed by their outcomes`, async () => {
  const codes = Array.from({ length: letters }, (_, index) => String(index).padStart(9, '0'));
  await inPieces(codes, (code) =>
    setup.bury(userProvisioned(setup.system, code, 50), noCourse(`${Number(code) % 30}`)),
  );
  expect(await setup.depth(deadQueue(setup.queue()))).toBe(letters);

  let begun = Date.now();
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await count('console.failures')) === letters, 60_000);
  const drained = (Date.now() - begun) / 1000;
  say(`${letters} dead letters drained in ${drained.toFixed(1)} s (${Math.round(letters / drained)}/s)`);
  expect(drained).toBeLessThan(30);

  begun = Date.now();
  const groups = await groupFailures(setup.dataSource, {});
  say(`grouped in ${Date.now() - begun} ms`);
  expect(groups).toHaveLength(30);
  expect(groups.reduce((sum, { failures }) => sum + failures, 0)).toBe(letters);

  begun = Date.now();
  const { id } = await setup.replays.order({ selection: {}, by: 'proof' });
  setup.during((stop) => setup.runner().run(stop));
  await until('all are sent', async () => (await setup.replays.list(1, id))[0]!.state === 'done', 120_000);
  const replayed = (Date.now() - begun) / 1000;
  say(`replayed in ${replayed.toFixed(1)} s (${Math.round(letters / replayed)}/s)`);
  expect(await setup.depth(setup.queue())).toBe(letters);

  await inPieces(codes, (code) => setup.publisher.publish(synchronized(setup.system, code, 50)));
  begun = Date.now();
  setup.during((stop) => setup.journal().run(stop));
  await until('none is open', async () => (await count(`console.failures where state <> 'closed'`)) === 0, 120_000);
  say(`closed by the journal in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  expect((await setup.replays.list(1, id))[0]!.items).toMatchObject({ succeeded: letters, sent: 0, failed: 0 });
}, 600_000);

test('a stop keeps back what is not in flight, at full speed too', async () => {
  await setup.clear();
  const codes = Array.from({ length: 5_000 }, (_, index) => String(index).padStart(9, '0'));
  await inPieces(codes, (code) => setup.bury(userProvisioned(setup.system, code, 50), noCourse()));
  setup.during((stop) => setup.drain().run(stop));
  await until('all are stored', async () => (await count('console.failures')) === codes.length, 60_000);
  const { id } = await setup.replays.order({ selection: {}, by: 'proof', batchSize: 50 });
  setup.during((stop) => setup.runner().run(stop));
  await until('some are sent', async () => (await setup.replays.list(1, id))[0]!.items.sent > 0);
  const begun = Date.now();
  await setup.replays.stop(id, { ru: 'хватит', en: 'enough' });
  await until('nothing is in flight', async () => (await setup.replays.list(1, id))[0]!.items.sending === 0);
  say(`stopped in ${Date.now() - begun} ms`);
  expect(Date.now() - begun).toBeLessThan(2_000);
  const { items } = (await setup.replays.list(1, id))[0]!;
  expect(items.sent + items.stopped).toBe(codes.length);
}, 600_000);

test('the journal keeps up with a university in its first synchronization', async () => {
  await setup.clear();
  const students = 5_000;
  const codes = Array.from({ length: students }, (_, index) => String(index).padStart(9, '0'));
  // Its own publisher: the setup's has counted before the tables were emptied.
  const publisher = new Publisher(new Broker(process.env.ITK_TEST_AMQP_URL!, 'proof', setup.topology), 'proof');
  await inPieces(codes, async (code) => {
    const data = studentChanged(setup.system, code, 50);
    await publisher.publishAll([
      makeEvent(eventTypes.StudentChanged, data, { service: 'onec-poller' }),
      userProvisioned(setup.system, code, 50),
      synchronized(setup.system, code, 50),
      makeEvent(
        eventTypes.StudentReported,
        { system: setup.system, code, revision: 50, told: 'synchronized', validUntil: 1_900_000_000 },
        { service: 'success-reporter' },
      ),
    ]);
  });
  // A message holds 200 events at the most.
  expect(await setup.depth(journalQueue(setup.system))).toBeGreaterThanOrEqual((students * 4) / 200);
  const begun = Date.now();
  const cpu = process.cpuUsage();
  setup.during((stop) => setup.journal().run(stop));
  await until('all is journaled', async () => (await count('console.journal')) === students * 4, 120_000);
  const seconds = (Date.now() - begun) / 1000;
  const used = process.cpuUsage(cpu);
  say(
    `${students * 4} events journaled in ${seconds.toFixed(1)} s (${Math.round((students * 4) / seconds)}/s), ` +
      `${(((used.user + used.system) / 1e6 / students) * 1e3).toFixed(2)} ms of CPU a student`,
  );
  expect(await count('console.gaps')).toBe(0);
  await publisher.close();
}, 600_000);
