import type { DataSource } from 'typeorm';
import { both, failed } from '#contracts';
import { acquireLease, createDataSource, migrate, PauseBook } from '#persistence';
import { SystemGuard } from '#resilience';
import { createTestDatabase, eventually, type TestDatabase } from '#persistence/testing';
import { Leader } from './leader.js';
import { PostgresWindowLedger } from '../ledger/ledger.js';
import { schema } from '../ledger/schema.js';
import { PollerSetup } from '../testing/setup.js';

let database: TestDatabase;
const open: { close(): Promise<void> | void }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
afterAll(() => database?.drop());

async function connect(): Promise<DataSource> {
  const dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
  open.push({ close: () => dataSource.destroy() });
  return dataSource;
}

/** One replica with a connection of its own; `probe` says whether 1C is there. */
async function replica(setup: PollerSetup, probe: () => Promise<void> = () => Promise.resolve()) {
  const dataSource = await connect();
  const pauses = await new PauseBook(dataSource).open();
  const guard = new SystemGuard('onec-poller', setup.rules.system, pauses, probe, () => dataSource.query('select 1'), {
    probeEvery: 100,
    probeTimeout: 1_000,
    trialEvery: 100,
  });
  const leader = new Leader(setup.rules, {
    ...setup.ports(),
    ledger: new PostgresWindowLedger(dataSource),
    guard,
    acquireLease: (stop) => acquireLease(database.url, `poll ${setup.rules.system}`, stop),
    now: () => setup.now,
  });
  open.push({
    close: async () => {
      await leader.stop();
      guard.close();
      await pauses.close();
    },
  });
  return { leader, pauses, dataSource };
}

async function setupOf(system: string, students: number): Promise<PollerSetup> {
  const ledger = new PostgresWindowLedger(await connect());
  const setup = new PollerSetup(ledger, { system, window: 5, interval: 5_000, per: 'student' });
  for (let index = 0; index < students; index++) setup.add({ code: `${index}` });
  return setup;
}

/** Works off what is published until nobody is offered any more. */
const workOff = (setup: PollerSetup) =>
  eventually(async () => {
    setup.now += 1_000;
    await setup.work(5);
    expect([setup.offeredNow().length, setup.underWay.length]).toEqual([0, 0]);
  });

it('of two replicas one asks; the other takes over when it stops, and nobody is published twice', async () => {
  const setup = await setupOf('two', 12);
  const one = await replica(setup);
  const two = await replica(setup);
  one.leader.start();
  await eventually(() => expect(one.leader.state).toBe('asking'));
  two.leader.start();
  await eventually(() => expect(setup.publications).toHaveLength(5));
  expect(two.leader.state).toBe('standby');
  await one.leader.stop();
  await workOff(setup);
  expect(two.leader.state).toBe('asking');
  expect(setup.publications).toHaveLength(12);
  expect(setup.complaints).toEqual([]);
});

it('an outage of 1C pauses the poller with a reason; it goes on by itself when the probe succeeds', async () => {
  const setup = await setupOf('away', 3);
  let away = true;
  let probes = 0;
  setup.duringQuestion = () =>
    away ? Promise.reject(failed('outage', 'onec-locked', both('закрыта', 'locked'))) : Promise.resolve();
  const { leader, pauses } = await replica(setup, () => {
    probes += 1;
    return away ? Promise.reject(new Error('still away')) : Promise.resolve();
  });
  leader.start();
  await eventually(() =>
    expect(pauses.of('away', 'onec-poller')).toMatchObject([{ kind: 'outage', reason: { en: 'locked' } }]),
  );
  const { questions } = setup;
  await eventually(() => expect(probes).toBeGreaterThan(3));
  expect(setup.questions).toBe(questions);
  away = false;
  await workOff(setup);
  expect(pauses.of('away', 'onec-poller')).toEqual([]);
  expect(setup.publications).toHaveLength(3);
  expect(setup.complaints).toEqual([]);
});

it('a wrong setting pauses it; one question a time tries whether it was mended', async () => {
  const setup = await setupOf('wrong', 3);
  let wrong = true;
  setup.duringQuestion = () =>
    wrong ? Promise.reject(failed('configuration', 'onec-auth', both('пароль', 'password'))) : Promise.resolve();
  const { leader, pauses } = await replica(setup);
  leader.start();
  await eventually(() => expect(setup.questions).toBeGreaterThan(2));
  expect(pauses.of('wrong', 'onec-poller')).toMatchObject([{ kind: 'configuration' }]);
  wrong = false;
  await workOff(setup);
  await eventually(() => expect(pauses.of('wrong', 'onec-poller')).toEqual([]));
});

it('asks nothing while any service of the system is paused', async () => {
  const setup = await setupOf('held', 3);
  let [held, looks] = [true, 0];
  Object.defineProperty(setup, 'paused', { get: () => ((looks += 1), held) });
  const { leader } = await replica(setup);
  leader.start();
  await eventually(() => expect(looks).toBeGreaterThan(3));
  expect(setup.questions).toBe(0);
  held = false;
  await workOff(setup);
});
