import { PollerSetup } from './testing/setup.js';
import { MemoryWindowLedger } from './testing/memory-ledger.js';

const rules = { system: 'lms', window: 5, interval: 600_000, per: 'student' as const };

it('asked for, the next turn asks 1C before the interval is over, and once', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules);
  const poller = await setup.begin();
  for (let turns = 0; turns < 5; turns++) setup.now += Math.min(1_000, await poller.step());
  expect(setup.questions).toBe(1);
  poller.askNow();
  for (let turns = 0; turns < 5; turns++) setup.now += Math.min(1_000, await poller.step());
  expect(setup.questions).toBe(2);
});

it('asks nothing in a pause, and as soon as it is over', async () => {
  const setup = new PollerSetup(new MemoryWindowLedger(), rules);
  const poller = await setup.begin();
  await poller.step();
  setup.paused = true;
  poller.askNow();
  await poller.step();
  expect(setup.questions).toBe(1);
  setup.paused = false;
  await poller.step();
  expect(setup.questions).toBe(2);
});
