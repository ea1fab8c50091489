import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '#persistence';
import { createTestDatabase, type TestDatabase } from '#persistence/testing';
import { PostgresWindowLedger } from './ledger/ledger.js';
import type { WindowLedger } from './ledger/window-ledger.js';
import { schema } from './ledger/schema.js';
import { PollerSetup } from './testing/setup.js';
import { MemoryWindowLedger } from './testing/memory-ledger.js';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({ url: database.url, ...schema });
  await dataSource.initialize();
  await migrate(dataSource);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

class Death extends Error {}

/** Ten students through a window of four, the poller dying at the n-th step; the next one begins from the ledger. */
async function walk(
  ledger: WindowLedger,
  system: string,
  dieAt: number,
  tellsErrorsAgain = true,
): Promise<{ setup: PollerSetup; steps: string[]; diedAt?: string }> {
  const rules = { system, window: 4, interval: 5_000, per: 'student' as const };
  const setup = new PollerSetup(ledger, rules, tellsErrorsAgain);
  for (let index = 0; index < 10; index++) setup.add({ code: `${index}`, faultyIn1C: index % 4 === 3 });
  const steps: string[] = [];
  let diedAt: string | undefined;
  setup.step = (name, when) => {
    steps.push(`${when} ${name}`);
    if (steps.length === dieAt) {
      diedAt = steps.at(-1);
      throw new Death();
    }
  };
  let poller = undefined as Awaited<ReturnType<PollerSetup['begin']>> | undefined;
  for (let turns = 0; turns < 80; turns++) {
    try {
      poller ??= await setup.begin();
      setup.now += (await poller.step()) + 1;
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      poller = undefined;
      setup.now += 2_000;
    }
    if (turns % 5 === 4) await setup.work(3);
  }
  return { setup, steps, ...(diedAt !== undefined && { diedAt }) };
}

async function dies(ledger: WindowLedger, system: string, dieAt: number, tellsErrorsAgain = true): Promise<void> {
  const { setup, diedAt } = await walk(ledger, system, dieAt, tellsErrorsAgain);
  expect([diedAt, setup.offeredNow(), setup.underWay]).toEqual([diedAt, [], []]);
  // What nobody can know is whether an unconfirmed publication went out: then it goes out again, as a new revision.
  const doubt = /publisher|take|mark/.test(diedAt!) ? /again under way|in a window|although 1C has hidden/ : /^never$/;
  const complaints = setup.complaints.filter((complaint) => !doubt.test(complaint));
  expect([diedAt, complaints]).toEqual([diedAt, []]);
  const unheard = [...setup.errorsSet].filter(([code, set]) => (setup.errorsJournaled.get(code) ?? 0) < set);
  if (tellsErrorsAgain) expect([diedAt, unheard]).toEqual([diedAt, []]);
  // A foreign 1C says an error once: then it is known that an answer was lost, and what to do about it.
  else if (unheard.length > 0) expect([diedAt, setup.troubles.get('page-lost')]).toEqual([diedAt, [expect.anything()]]);
}

it('a poller that dies before or after any step leaves everything so that the next one brings all through', async () => {
  const { steps } = await walk(new MemoryWindowLedger(), 'alive', Infinity);
  expect(steps.length).toBeGreaterThan(100);
  for (let dieAt = 1; dieAt <= steps.length; dieAt++) await dies(new MemoryWindowLedger(), 'lms', dieAt);
});

it('a foreign 1C says its own errors once: what a death loses of them is counted', async () => {
  const { steps, setup } = await walk(new MemoryWindowLedger(), 'alive', Infinity, false);
  expect(setup.troubles.get('page-lost')).toEqual([]);
  let lost = 0;
  for (let dieAt = 1; dieAt <= steps.length; dieAt++) {
    await dies(new MemoryWindowLedger(), 'lms', dieAt, false);
    if (steps[dieAt - 1] === 'after source.students') lost += 1;
  }
  expect(lost).toBeGreaterThan(3);
});

it('and so over PostgreSQL, at the first and the third time of each kind of step', async () => {
  const { steps } = await walk(new PostgresWindowLedger(dataSource), 'alive', Infinity);
  const kinds = [...new Set(steps)];
  for (const name of [
    'ledger.take',
    'publisher',
    'ledger.mark',
    'source.students',
    'ledger.begin',
    'ledger.tick',
    'source.errorsSince',
  ]) {
    expect(kinds).toEqual(expect.arrayContaining([`before ${name}`, `after ${name}`]));
  }
  const moments = kinds.flatMap((kind) => {
    const all = steps.flatMap((step, index) => (step === kind ? index + 1 : []));
    return [all[0]!, ...all.slice(2, 3)];
  });
  for (const dieAt of moments) await dies(new PostgresWindowLedger(dataSource), `d${dieAt}`, dieAt);
});

it('over PostgreSQL a foreign 1C’s lost answer is counted, too', async () => {
  const { steps } = await walk(new PostgresWindowLedger(dataSource), 'foreign', Infinity, false);
  for (const step of ['after source.students', 'before ledger.take', 'after ledger.asks'])
    await dies(new PostgresWindowLedger(dataSource), `f${steps.indexOf(step)}`, steps.indexOf(step) + 1, false);
});

it('a broker that refuses frees the places at once, and does not count as publications', async () => {
  const rules = { system: 'refused', window: 4, interval: 5_000, per: 'student' as const };
  const setup = new PollerSetup(new PostgresWindowLedger(dataSource), rules);
  for (let index = 0; index < 4; index++) setup.add({ code: `${index}` });
  setup.step = (name, when) => {
    if (name === 'publisher' && when === 'before') throw new Error('the broker is away');
  };
  for (let turns = 0; turns < 10; turns++) {
    const poller = await setup.begin();
    await expect(poller.step()).rejects.toThrow('the broker is away');
    setup.now += 1_000;
  }
  setup.step = () => {};
  const poller = await setup.begin();
  await poller.step();
  expect(setup.publications).toHaveLength(4);
  expect(setup.complaints).toEqual([]);
});
