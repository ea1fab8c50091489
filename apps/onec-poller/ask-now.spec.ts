import { Campus } from './testing/campus.js';
import { MemoryWindowLedger } from './testing/memory-ledger.js';

const rules = { system: 'lms', window: 5, interval: 600_000, per: 'student' as const };

it('asked for, the next turn asks 1C before the interval is over, and once', async () => {
  const campus = new Campus(new MemoryWindowLedger(), rules);
  const poller = await campus.begin();
  for (let turns = 0; turns < 5; turns++) campus.now += Math.min(1_000, await poller.step());
  expect(campus.questions).toBe(1);
  poller.askNow();
  for (let turns = 0; turns < 5; turns++) campus.now += Math.min(1_000, await poller.step());
  expect(campus.questions).toBe(2);
});

it('asks nothing in a pause, and as soon as it is over', async () => {
  const campus = new Campus(new MemoryWindowLedger(), rules);
  const poller = await campus.begin();
  await poller.step();
  campus.paused = true;
  poller.askNow();
  await poller.step();
  expect(campus.questions).toBe(1);
  campus.paused = false;
  await poller.step();
  expect(campus.questions).toBe(2);
});
